"""create, start, stop, reboot and delete. Each is done under the VM's lock and can be repeated."""

import time

from . import disks, machine, processes
from .emulator import boot, end
from .qmp import Qmp, QmpError
from .refusal import Refusal
from .request import choice, whole

PRESS_EVERY = 5
"""Seconds between two tries to make a VM shut itself down."""


def create(request, folder):
    """Makes the VM and starts it. What an interrupted attempt left is cleared away first."""
    if folder.is_complete():
        return start(request, folder)
    end(folder)
    disks.check(request)
    planned = machine.plan(request, folder.directory)
    try:
        folder.make()
        folder.remember({"created": False, "name": request.name})
        disks.create(request, folder)
        boot(folder, planned, request.deadline, request.vnc_password)
        folder.remember({"created": True, "name": request.name, "machine": planned})
    except BaseException:
        end(folder)
        folder.remove()
        raise
    return f"VM {request.name} was created and runs"


def start(request, folder):
    """Starts the VM with what offering, details and NICs are now."""
    folder.must_be_complete()
    if processes.running(folder):
        with Qmp(folder, request.deadline.left(20)) as qmp:
            if qmp.ask("query-status")["status"] in ("running", "inmigrate"):
                return f"VM {request.name} runs already"
        end(folder)
    planned = machine.plan(request, folder.directory)
    if not request.nics():
        planned["nics"] = folder.record()["machine"]["nics"]
    boot(folder, planned, request.deadline, request.vnc_password)
    folder.remember({"created": True, "name": request.name, "machine": planned})
    return f"VM {request.name} was started"


def stop(request, folder):
    """Stops the VM: by its power button, and the hard way when stop_timeout is over."""
    patience = whole("stop_timeout", request.wish("stop_timeout", "30"), 0, 3600)
    if not processes.running(folder):
        return f"VM {request.name} does not run"
    if patience and power_off(folder, request.deadline.left(patience)):
        return f"VM {request.name} has shut itself down"
    end(folder)
    return f"VM {request.name} was switched off" + (
        f"; it had not shut itself down within {patience} seconds" if patience else "")


def reboot(request, folder):
    """Resets the VM, or lets it shut itself down and starts it again."""
    mode = choice("reboot_mode", request.wish("reboot_mode", "reset"), ("reset", "graceful"))
    folder.must_be_complete()
    if not processes.running(folder):
        raise Refusal(f"VM {request.name} does not run: start it instead")
    if mode == "graceful":
        stop(request, folder)
        boot(folder, folder.record()["machine"], request.deadline, request.vnc_password)
        return f"VM {request.name} was shut down and started again"
    with Qmp(folder, request.deadline.left(20)) as qmp:
        qmp.ask("system_reset")
        qmp.ask("cont")
    return f"VM {request.name} was reset"


def delete(request, folder):
    """Ends the VM and deletes its disk with all snapshots."""
    end(folder)
    gone = not folder.exists()
    folder.remove()
    return f"There is no VM {request.name}" if gone else f"VM {request.name} was deleted"


def power_off(folder, seconds):
    """Presses the VM's power button, again and again as a VM that boots does not notice; whether QEMU ended in time."""
    end_of_patience = time.monotonic() + seconds
    with processes.process(folder) as handle:
        while handle is not None:
            left = end_of_patience - time.monotonic()
            if left <= 0 or not _press(folder, min(5, left)):
                return handle.wait(0)
            if handle.wait(min(PRESS_EVERY, end_of_patience - time.monotonic())):
                return True
    return True


def _press(folder, patience):
    """Whether there was anybody to hear it."""
    try:
        with Qmp(folder, patience) as qmp:
            running = qmp.ask("query-status")["running"]
            if running:
                qmp.ask("system_powerdown")
            return running
    except QmpError:
        return False
