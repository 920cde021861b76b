"""One call: reads the payload, does what the verb says and answers one JSON object."""

import json
import os
import signal
import sys
import traceback

from . import console, disks, lifecycle, power, remote, snapshots, tools
from .accelerator import EMULATOR, accelerator
from .deadline import Deadline
from .folder import Folder, directory
from .refusal import Refusal, Traces, answer
from .request import Request


def prepare(request):
    """Looks whether the VM could be created, and gives it a password for its screen."""
    for program in (EMULATOR, "qemu-img"):
        tools.find(program)
    disks.check(request)
    accelerator(request, directory(request))
    return {"vncPassword": console.new_password()}


def _message(work):
    return lambda request, folder: {"message": work(request, folder)}


def _printed(work):
    return lambda request, folder: {"printmessage": "true", "message": work(request, folder)}


LOCKED = {
    "create": _message(lifecycle.create),
    "start": _message(lifecycle.start),
    "stop": _message(lifecycle.stop),
    "reboot": _message(lifecycle.reboot),
    "delete": _message(lifecycle.delete),
    "getconsole": console.getconsole,
    "CreateSnapshot": _printed(snapshots.create),
    "ListSnapshots": _printed(snapshots.listing),
    "RestoreSnapshot": _printed(snapshots.restore),
    "DeleteSnapshot": _printed(snapshots.delete),
    "Screendump": _printed(console.screendump),
}
READING = ("stop", "delete", "getconsole", "ListSnapshots")
"""What goes on, or says clearly why not, where the directory cannot be written."""
GONE = {verb: LOCKED[verb] for verb in ("stop", "delete")}
FREE = {"status": power.status}
HOST = {"prepare": prepare, "statuses": lambda request: power.statuses(directory(request, make=False))}
LOCKED["deploy"] = LOCKED["create"]
VERBS = sorted({**LOCKED, **FREE, **HOST})


def main(arguments):
    """Runs one call here or on the host that it is for; the exit code."""
    signal.signal(signal.SIGTERM, _ended)
    verb, traces = "", Traces()
    try:
        verb, payload, seconds = _read(arguments)
        request = Request(verb, payload, Deadline(seconds))
        traces = request.traces
        _check(verb)
        if request.site("ssh_host"):
            code, output = remote.run(request)
            sys.stdout.write(output)
            return code
    except Refusal as refusal:
        return _refuse(refusal, verb, traces)
    return serve(verb, payload, seconds)


def serve(verb, payload, seconds):
    """Runs one call on this host; the exit code."""
    signal.signal(signal.SIGTERM, _ended)
    os.umask(0o077)
    traces = Traces()
    try:
        request = Request(verb, payload, Deadline(seconds))
        traces = request.traces
        said = perform(request)
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


def perform(request):
    """What to answer."""
    _check(request.verb)
    if request.verb != "statuses":
        request.must_name_vm()
    if request.verb in HOST:
        return HOST[request.verb](request)
    folder = Folder(directory(request, make=False), request.id)
    if request.verb in FREE:
        return FREE[request.verb](request, folder)
    if request.verb in GONE and not folder.exists() and not os.access(folder.directory, os.W_OK):
        return GONE[request.verb](request, folder)  # nothing was ever made there, and no lock can be
    if request.verb not in READING or not folder.exists():
        directory(request)
    with folder.locked(request.deadline):
        return LOCKED[request.verb](request, folder)


def _check(verb):
    if verb not in VERBS:
        raise Refusal(f"Unknown action {verb!r}: this extension knows {', '.join(VERBS)}")


def _read(arguments):
    if len(arguments) not in (2, 3):
        raise Refusal("Usage: qemu.py <verb> <payload file> <timeout in seconds>")
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
