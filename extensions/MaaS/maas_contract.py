"""How Drover calls this program and what it may answer."""

import json
import re
import signal
import sys
import time


TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h
REPEATABLE = ("prepare", "start", "stop", "delete", "status", "statuses")


class Refusal(Exception):
    """A wish that cannot be fulfilled; the text is for the person who asked. What passes by itself may be tried again."""

    def __init__(self, text, passes=False):
        super().__init__(text)
        self.passes = passes


class Ended(BaseException):
    """Drover ends this program: the time is over or the operation was cancelled."""


class Call:
    """One call: the verb, the payload's parts and the time that is left for it."""

    def __init__(self, verb, payload, seconds):
        self.verb = verb
        self.payload = payload
        self.begun = False  # whether something may have been done that is still there, or could be done twice
        self.leftovers = False
        self._end = time.monotonic() + seconds - 0.5
        self._deadline = self._end - min(30.0, seconds * 0.15)

    @property
    def vm_id(self):
        """The VM's id in Drover; refuses a payload without one."""
        return self._text("virtualmachineid", r"[0-9A-Za-z-]{1,64}")

    @property
    def vm_name(self):
        """The VM's internal name in Drover; refuses a payload without one."""
        return self._text("virtualmachinename", r".{1,255}")

    @property
    def vm(self):
        """The VM as Drover describes it, possibly empty."""
        return _object(self.payload.get("cloudstack.vm.details"))

    def of_system(self, *names):
        """A detail of the external system: the host's, else the mapping's, else the extension's."""
        return self._first(("host", "resourcemap", "extension"), names)

    def of_vm(self, *names):
        """A detail of the VM (offering, template and VM are one level), else one of the system."""
        return self._first(("virtualmachine",), names) or self.of_system(*names)

    def seconds_left(self):
        """Seconds until this call has to answer, at least 0."""
        return max(0.0, self._deadline - time.monotonic())

    def use_reserve(self):
        """Makes the time usable that is kept for cleaning up after a failure."""
        self._deadline = self._end

    def _first(self, levels, names):
        levels_given = _object(self.payload.get("externaldetails"))
        for level in levels:
            for name in names:
                value = str(_object(levels_given.get(level)).get(name) or "").strip()
                if value:
                    return value
        return None

    def _text(self, key, pattern):
        value = self.payload.get(key)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise Refusal(f"The payload has no usable {key}: this verb is about one VM")
        return value


def _object(value):
    return value if isinstance(value, dict) else {}


def log(message):
    """Writes a line for the action's record."""
    print(message, file=sys.stderr)


def flag(text, name, default):
    """The truth value of a detail; refuses what is neither true nor false."""
    if text is None:
        return default
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    raise Refusal(f"The detail {name} is {text!r}; it must be true or false")


def number(text, name, default, low, high):
    """The whole number of a detail; refuses what is none or out of range."""
    if text is None:
        return default
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    raise Refusal(f"The detail {name} is {text!r}; it must be a whole number from {low} to {high}")


def read_call(argv):
    """The call that the command line describes; refuses one that is incomplete or unreadable."""
    if len(argv) != 4:
        raise Refusal("Three arguments are wanted: <verb> <payload file> <timeout in seconds>")
    try:
        with open(argv[2], encoding="utf-8") as file:
            payload = json.load(file)
    except (OSError, ValueError) as error:
        raise Refusal(f"The payload {argv[2]} cannot be read as JSON: {error}") from None
    if not isinstance(payload, dict):
        raise Refusal(f"The payload {argv[2]} is not a JSON object")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", argv[3]):
        raise Refusal(f"The timeout is {argv[3]!r}; it must be a whole number of seconds from 1")
    return Call(argv[1], payload, int(argv[3]))


def _end(number, frame):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough; what tidies up goes on
    raise Ended()


def run(argv, verbs):
    """Does what is asked, prints the answer and gives the exit code."""
    signal.signal(signal.SIGTERM, _end)
    call = None
    try:
        call = read_call(argv)
        if call.verb not in verbs:
            raise Refusal(f"Unknown verb {call.verb!r}; this extension knows {', '.join(sorted(verbs))}")
        answer = verbs[call.verb](call) or {"status": "success"}
    except Ended:
        return _refuse(call, Refusal("It was ended before it was done; see what became of the VM"))
    except Refusal as refusal:
        return _refuse(call, refusal)
    except Exception as error:  # whatever goes wrong, the answer is one JSON object
        where = error.__traceback__
        while where.tb_next:
            where = where.tb_next
        log(f"{type(error).__name__} in {where.tb_frame.f_code.co_name}, line {where.tb_lineno}: {error}")
        return _refuse(call, Refusal(f"This is a mistake in the extension: {type(error).__name__}; its log says where. "
                                     "Please report it"))
    print(json.dumps(answer))
    return 0


def _refuse(call, refusal):
    """Says what went wrong. It may be tried again if that helps and cannot do twice what must be done once."""
    said = {"status": "error", "error": str(refusal)}
    left = call and (call.leftovers or call.begun and call.verb in ("prepare", "create"))
    if left:
        said["leftovers"] = True
    if refusal.passes and call and (call.verb == "prepare" or not left) and (call.verb in REPEATABLE or not call.begun):
        said["retryable"] = True
    print(json.dumps(said))
    return TRY_AGAIN if "retryable" in said else 1
