"""status and statuses. They ask at a socket of their own, so they need not wait for what is being done to a VM."""

import sys
from concurrent.futures import ThreadPoolExecutor

from . import folder as folders
from . import processes
from .qmp import STATUS, Qmp, QmpError
from .refusal import Refusal

ON = ("running", "paused", "suspended", "debug", "io-error", "watchdog", "save-vm", "restore-vm", "colo",
      "finish-migrate", "postmigrate", "inmigrate")
OFF = ("shutdown", "guest-panicked", "internal-error")


def power_state(folder, runs):
    """poweron, poweroff, or unknown for a VM that is not there or not complete, or whose QEMU does not answer."""
    if not folder.is_complete():
        return "unknown"
    if not runs:
        return "poweroff"
    try:
        with Qmp(folder, 3, STATUS) as qmp:
            state = qmp.ask("query-status")["status"]
    except QmpError:
        return "unknown" if processes.running(folder) else "poweroff"
    return "poweron" if state in ON else "poweroff" if state in OFF else "unknown"


def status(_, folder):
    """The answer for one VM."""
    return {"power_state": power_state(folder, processes.running(folder))}


def statuses(directory):
    """The answer for all VMs in the directory; what is no VM, or none any more, is left out."""
    running = processes.all_running()
    with ThreadPoolExecutor(max_workers=16) as pool:
        found = pool.map(lambda folder: _named(folder, folder.pid_file in running), folders.known(directory))
    return {"power_state": {name: state for name, state in found if name}}


def _named(folder, runs):
    try:
        name = folder.record().get("name")
        return (name, power_state(folder, runs)) if name else (None, None)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return None, None
