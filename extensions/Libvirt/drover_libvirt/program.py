"""One call: reads the payload, does what the verb says and answers one JSON object."""

import json
import os
import signal
import sys
import traceback

from . import console, lifecycle, removal, snapshots, states
from .deadline import Deadline
from .refusal import Refusal, Traces, answer
from .request import Request, new_password
from .virsh import Virsh


def prepare(request, virsh):
    """Looks whether the VM could be created, and gives it a password for its screen."""
    lifecycle.check(request, virsh)
    return {"vncPassword": new_password()}


def _message(work):
    return lambda request, virsh: {"message": work(request, virsh)}


def _printed(work):
    return lambda request, virsh: {"printmessage": "true", "message": work(request, virsh)}


VERBS = {
    "prepare": prepare,
    "create": _message(lifecycle.create),
    "start": _message(lifecycle.start),
    "stop": _message(lifecycle.stop),
    "reboot": _message(lifecycle.reboot),
    "delete": _message(removal.delete),
    "status": states.status,
    "statuses": states.statuses,
    "getconsole": console.getconsole,
    "CreateSnapshot": _printed(snapshots.create),
    "ListSnapshots": _printed(snapshots.listing),
    "RestoreSnapshot": _printed(snapshots.restore),
    "DeleteSnapshot": _printed(snapshots.delete),
    "Screendump": _printed(console.screendump),
}
VERBS["deploy"] = VERBS["create"]


def main(arguments):
    """Runs one call; the exit code."""
    signal.signal(signal.SIGTERM, _ended)
    os.umask(0o077)
    verb, traces = "", Traces()
    try:
        verb, payload, seconds = _read(arguments)
        if verb not in VERBS:
            raise Refusal(f"Unknown action {verb!r}: this extension knows {', '.join(sorted(VERBS))}")
        request = Request(verb, payload, Deadline(seconds))
        traces = request.traces
        if verb != "statuses":
            request.must_name_vm()
        said = VERBS[verb](request, Virsh(request))
    except Refusal as refusal:
        return _refuse(refusal, verb, traces)
    except OSError as error:
        return _refuse(f"{error.strerror or error} on {os.uname().nodename}"
                       + (f" ({error.filename})" if error.filename else "") + ": free or mend it and try again", verb, traces)
    except Exception as error:  # whatever goes wrong, the answer is one JSON object
        traceback.print_exc()
        return _refuse(f"This is a mistake in the extension: {type(error).__name__}; its log says where. Please report it",
                       verb, traces)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is done; nobody can stop it any more
    sys.stdout.write(json.dumps({"status": "success", **said}) + "\n")
    return 0


def _read(arguments):
    if len(arguments) not in (2, 3):
        raise Refusal("Usage: libvirt.py <verb> <payload file> <timeout in seconds>")
    seconds = arguments[2] if len(arguments) == 3 else "300"
    if not seconds.isdigit() or int(seconds) == 0:
        raise Refusal(f"The timeout {seconds!r} must be a whole number of seconds")
    try:
        with open(arguments[1], encoding="utf-8") as file:
            return arguments[0], json.load(file), int(seconds)
    except (OSError, ValueError) as error:
        raise Refusal(f"The payload {arguments[1]} cannot be read ({error}): pass a file with a JSON object") from None


def _refuse(refusal, verb, traces):
    code, said = answer(refusal, verb, traces)
    sys.stdout.write(said + "\n")
    return code


def _ended(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(143)
