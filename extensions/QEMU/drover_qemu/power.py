"""status and statuses. They ask at a socket of their own, so they need not wait for what is being done to a VM."""

import sys
from concurrent.futures import ThreadPoolExecutor

from . import folder as folders
from . import processes
from .qmp import STATUS, Qmp, QmpError
from .refusal import Refusal

ON = ("running",)
BUSY = ("inmigrate", "finish-migrate", "postmigrate", "save-vm", "restore-vm", "colo", "preconfig")
"""A VM that stands only while something is done to it."""
BROKEN = ("shutdown", "internal-error", "guest-panicked")
"""A VM that can go on from its beginning only."""
WHY = {"paused": "somebody paused it", "debug": "a debugger paused it", "watchdog": "its watchdog stopped it",
       "suspended": "its guest has suspended itself to RAM; start wakes it",
       "prelaunch": "it was never told to run; start starts it anew", "shutdown": "its guest has ended, but QEMU still runs",
       "internal-error": "QEMU cannot run it any further; start starts it anew",
       "guest-panicked": "its guest has crashed; start starts it anew"}


def look(qmp):
    """QEMU's word for the state that a VM is in."""
    return qmp.ask("query-status")["status"]


def why(qmp, state):
    """For a person: why a VM is neither on nor off."""
    if state == "io-error":
        full = any(block.get("io-status") == "nospace" for block in qmp.ask("query-block"))
        return "stopped by an input/output error" + (
            ": the disk of the host is full; free space there, then start it" if full
            else ": look at the disk of the host, then start it")
    return WHY.get(state) or f"something is being done to it ({state})"


def power_state(folder, runs):
    """poweron, poweroff, paused, or unknown for a VM that is not there, not complete or does not answer; and why."""
    if not folder.is_complete():
        return "unknown", ""
    if not runs:
        return "poweroff", ""
    try:
        with Qmp(folder, 3, STATUS) as qmp:
            state = look(qmp)
            return ("poweron", "") if state in ON else ("paused", why(qmp, state))
    except QmpError as error:
        return ("unknown", str(error)) if processes.running(folder) else ("poweroff", "")


def status(_, folder):
    """The answer for one VM, with its id if there is anything of it."""
    state, reason = power_state(folder, processes.running(folder))
    return {"power_state": state, **({"message": reason} if reason else {}), **({"uuid": folder.id} if folder.is_ours() else {})}


def statuses(directory):
    """The answer for all VMs in the directory; what is no VM, or none any more, is left out."""
    running = processes.all_running()
    with ThreadPoolExecutor(max_workers=16) as pool:
        found = pool.map(lambda folder: _named(folder, folder.pid_file in running), folders.known(directory))
    return {"power_state": {name: state for name, state in found if name}}


def _named(folder, runs):
    try:
        name = folder.record().get("name")
        return (name, power_state(folder, runs)[0]) if name else (None, None)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return None, None
