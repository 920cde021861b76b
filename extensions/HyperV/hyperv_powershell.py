"""PowerShell on the host. Every value goes into a script as a quoted literal, so that it can only be a value."""

import base64
import html
import json
import re
import time

from hyperv_contract import Refusal, log
from hyperv_http import PAUSES, Broken
from hyperv_winrm import OutOfTime, Winrm  # noqa: F401

PREAMBLE = ["$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'",
            "$WarningPreference = 'SilentlyContinue'"]
COMMAND = "powershell.exe -NoProfile -NonInteractive -EncodedCommand "
LONGEST = 8000  # cmd.exe takes 8191 characters
UNEXPECTED = ". Look whether the host has its Hyper-V module for PowerShell, and nothing that prints by itself"
QUOTES = "'\u2018\u2019\u201a\u201b"  # PowerShell ends a literal at any of these


class Unsure(Exception):
    """Nobody knows whether a change was made on the host."""


class Failed(Exception):
    """PowerShell ended with an error; the text is its message."""


def literal(value):
    """The value as a single-quoted literal; refuses what no script can hold."""
    text = str(value)
    if "\0" in text:
        raise Refusal("A name or path has a NUL character in it")
    return "'" + re.sub(f"([{QUOTES}])", r"\1\1", text) + "'"


class PowerShell:
    """Runs scripts, which are lists of statements, on the host."""

    def __init__(self, call):
        self._call = call
        self._winrm = Winrm(call)
        self.address = self._winrm.address

    def read(self, *statements, kind=dict):
        """What a script that changes nothing prints as JSON, as a list of objects or of what kind is given;
        it is repeated when the connection breaks."""
        for pause in PAUSES + (None,):
            try:
                return _listed(self._run(statements, self._call.seconds_left()), kind)
            except Broken as trouble:
                if pause is None or self._call.seconds_left() < pause:
                    raise Refusal(f"{trouble}. Look whether the host is up, then try again", passes=True) from None
                log(f"{trouble}; trying again in {pause} s")
                time.sleep(pause)
            except (Failed, OutOfTime) as trouble:
                raise Refusal(f"Hyper-V on {self.address} could not be asked: {str(trouble) or 'it took too long'}"
                              + remedy(str(trouble)), passes(trouble)) from None

    def change(self, *statements, seconds=None):
        """What a script that changes something prints. Unsure if nobody knows what it did; OutOfTime if it was ended."""
        left, before = self._call.seconds_left(), self._call.begun
        self._call.begun = True
        try:
            return self._run(statements, left if seconds is None else min(seconds, left))
        except Broken as trouble:
            raise Unsure(str(trouble)) from None
        except Refusal:  # it did not get as far as PowerShell
            self._call.begun = before
            raise

    def batches(self, head, statements):
        """Makes the changes in as few scripts as their length allows, each beginning with the head."""
        batch = []
        for statement in statements:
            if batch and len(_encoded([head] + batch + [statement])) > LONGEST:
                self.change(head, *batch)
                batch = []
            batch.append(statement)
        self.change(head, *batch)

    def _run(self, statements, seconds):
        if seconds <= 0:
            raise Refusal("There was no time left; raise the extension's timeout for this verb")
        command = _encoded(statements)
        if len(command) > LONGEST:
            raise Refusal("A name or path is so long that the command does not fit into WinRM's limits; shorten it")
        code, out, err = self._winrm.run(command, seconds)
        errors, besides = _errors(err)
        if code != 0 or errors:
            raise Failed(errors or besides or out.strip()[-500:] or f"powershell.exe ended with exit code {code}")
        if besides:
            log(f"PowerShell said: {besides}")
        return out


def _encoded(statements):
    script = "\n".join(PREAMBLE + list(statements))
    return COMMAND + base64.b64encode(script.encode("utf-16-le")).decode("ascii")


def _listed(text, kind):
    if not text.strip():
        return []
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except ValueError:
        raise Refusal(f"PowerShell printed what is no JSON: {text.strip()[:200]!r}{UNEXPECTED}") from None
    found = found if isinstance(found, list) else [] if found is None else [found]
    if not all(isinstance(one, kind) for one in found):
        raise Refusal(f"PowerShell printed something else than was asked for: {text.strip()[:200]!r}{UNEXPECTED}")
    return found


def _errors(text):
    """The error records in however many blocks of CLIXML, whole or cut off, and the text that stands besides these blocks.
    Progress, warnings and all else that a block may have is no error."""
    found = re.findall(r"""<(?:S\b[^>]*\bS=["']Error["'][^>]*|Obj\b[^>]*\bS=["']Error["'][^>]*>.*?<ToString)>(.*?)(?:<|\Z)""",
                       text, re.DOTALL)
    besides = re.sub(r"#< CLIXML|<Objs\b.*?(?:</Objs>|\Z)", " ", text, flags=re.DOTALL)
    plain = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match.group(1), 16)), html.unescape("".join(found)))
    whole = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two escapes may be one character
    return _short(whole), re.sub(r"\s+", " ", besides).strip()[:1000]


def _short(text):
    said = re.split(r"\r?\n\s*\+ |\r?\nAt line:", text)[0]
    return re.sub(r"\s+", " ", said).strip()[:1000]


def passes(trouble):
    """Whether an error of PowerShell passes by itself, as that of something that is busy does."""
    return isinstance(trouble, OutOfTime) or bool(re.search(
        r"operation (?:is )?(?:already )?in progress|being used by another process|object (?:is )?in use|is busy"
        r"|RPC server is unavailable", str(trouble), re.IGNORECASE))


def remedy(message):
    """What a person can do about an error of PowerShell."""
    lower = message.lower()
    if "permission" in lower or "denied" in lower or "authoriz" in lower:
        return ". The user of the detail username needs to be in the host's group Hyper-V Administrators"
    if "cannot find" in lower or "not found" in lower or "could not be found" in lower or "does not exist" in lower:
        return ". Correct the path or name in the details of host or template"
    if "memory" in lower:
        return ". Free memory on the host, or use a smaller service offering"
    if "space" in lower:
        return ". Free space on the host's volume"
    return ". Mend that on the host, then try again"
