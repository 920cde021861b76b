"""create, start, stop, reboot and delete. Each can be repeated."""

import contextlib

from . import disks, domain
from .deadline import Deadline, wait_until
from .refusal import Refusal
from .request import choice, whole
from .virsh import Failed

OFF = "shut off"
PRESS_EVERY = 5
"""Seconds between two tries to make a VM shut itself down."""


def create(request, virsh):
    """Makes the VM and starts it; repeated, it does nothing."""
    if virsh.state(request.id) is not None:
        return start(request, virsh)
    disks.check(request, virsh)
    try:
        disks.create(request, virsh)
        virsh.run("define", "/dev/stdin", given=domain.xml(request, virsh, disks.path(request, virsh)))
        boot(request, virsh)
    except BaseException:
        request.deadline.use_reserve()
        with contextlib.suppress(Refusal):
            remove(request, virsh)
        raise
    return f"VM {request.name} was created and runs"


def start(request, virsh):
    """Starts the VM with what offering, details and NICs are now."""
    state = must_exist(request, virsh)
    if state == "paused":
        virsh.run("resume", request.id)
    elif state in (OFF, "crashed"):
        old = virsh.xml("dumpxml", "--inactive", request.id)
        disk = old.find("devices/disk[@device='disk']/source")
        described = domain.xml(request, virsh, disk.get("file"), old.findall("devices/interface"))
        virsh.run("define", "/dev/stdin", given=described)
        boot(request, virsh)
    else:
        return f"VM {request.name} runs already"
    return f"VM {request.name} was started"


def boot(request, virsh):
    """Starts the domain; again if somebody took the port meanwhile that libvirt had found free for the screen."""
    for last in (False, False, False, True):
        try:
            virsh.run("start", request.id)
            return
        except Failed as failure:
            if "already active" in failure.words:
                return
            if last or "Address already in use" not in failure.words:
                raise


def stop(request, virsh):
    """Stops the VM: by its power button, and the hard way when stop_timeout is over."""
    patience = whole("stop_timeout", request.wish("stop_timeout", "30"), 0, 3600)
    state = virsh.state(request.id)
    if state in (None, OFF):
        return f"VM {request.name} does not run"
    if patience and state == "running" and _power_off(request, virsh, patience):
        return f"VM {request.name} has shut itself down"
    _destroy(request, virsh)
    return f"VM {request.name} was switched off" + (
        f"; it had not shut itself down within {patience} seconds" if patience else "")


def reboot(request, virsh):
    """Resets the VM, or lets it shut itself down and starts it again."""
    mode = choice("reboot_mode", request.wish("reboot_mode", "reset"), ("reset", "graceful"))
    if must_exist(request, virsh) == OFF:
        raise Refusal(f"VM {request.name} does not run: start it instead")
    if mode == "graceful":
        stop(request, virsh)
        start(request, virsh)
        return f"VM {request.name} was shut down and started again"
    virsh.run("reset", request.id)
    return f"VM {request.name} was reset"


def delete(request, virsh):
    """Ends the VM and deletes its disk with all snapshots."""
    gone = virsh.state(request.id) is None
    remove(request, virsh)
    return f"There is no VM {request.name}" if gone else f"VM {request.name} was deleted"


def remove(request, virsh):
    """Deletes all there is of the VM; the domain last, so that a disk that cannot be deleted now is not forgotten."""
    state = virsh.state(request.id)
    if state not in (None, OFF):
        _destroy(request, virsh)
    disks.delete(request, virsh)
    if state is not None:
        virsh.run("undefine", request.id, "--managed-save", "--snapshots-metadata", "--checkpoints-metadata", "--nvram")


def must_exist(request, virsh):
    """The state of a VM that has to be there."""
    state = virsh.state(request.id)
    if state is None:
        raise Refusal(f"There is no VM {request.name} ({request.id}) in libvirt: deploy it first,"
                      " or correct the detail uri of the host")
    return state


def _power_off(request, virsh, patience):
    """Presses the power button, again and again as a VM that boots does not notice; whether the VM is off in time."""
    whole_time = Deadline.within(request.deadline.left(patience))
    while not whole_time.over():
        virsh.try_run("shutdown", request.id, "--mode", "acpi")
        if wait_until(Deadline.within(whole_time.left(PRESS_EVERY)), lambda: virsh.state(request.id) == OFF, 0.2):
            return True
    return False


def _destroy(request, virsh):
    try:
        virsh.run("destroy", request.id)
    except Failed:
        if virsh.state(request.id) not in (None, OFF):
            raise
