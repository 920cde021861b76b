"""create, start, stop, reboot and delete. Each is done under the VM's lock and can be repeated."""

import time

from . import disks, machine, power, processes
from .deadline import Deadline, wait_until
from .emulator import boot, end
from .qmp import Qmp, QmpError
from .refusal import Refusal
from .request import choice, whole

PRESS_EVERY = 5
"""Seconds between two tries to make a VM shut itself down."""
STAYS = 1
"""Seconds that a VM which was stopped by an error must go on before it is believed."""


def create(request, folder):
    """Makes the VM and starts it. What an interrupted attempt left is cleared away first."""
    if folder.is_complete():
        return start(request, folder)
    folder.must_be_ours()
    end(folder)
    disks.check(request)
    planned = machine.plan(request, folder.directory)
    request.traces.begun = request.traces.leftovers = True
    try:
        folder.make()
        folder.remember({"created": False, "name": request.name, "id": folder.id})
        disks.create(request, folder)
        boot(folder, planned, request.deadline, request.vnc_password)
        folder.remember({"created": True, "name": request.name, "id": folder.id, "machine": planned})
    except BaseException:
        end(folder)
        folder.remove()
        request.traces.begun = request.traces.leftovers = False
        raise
    request.traces.leftovers = False
    return f"VM {request.name} was created and runs"


def start(request, folder):
    """Starts the VM with what offering, details and NICs are now, or lets it go on where it stands."""
    folder.must_be_complete()
    if processes.running(folder):
        with Qmp(folder, request.deadline.left(20)) as qmp:
            state = power.look(qmp)
            if state in power.ON:
                return f"VM {request.name} runs already"
            _must_be_idle(request, qmp, state)
            if state not in power.BROKEN and state != "prelaunch":
                return f"VM {request.name} goes on: {_resume(request, qmp, state)}"
        end(folder)
    planned = machine.plan(request, folder.directory)
    if not request.nics():
        planned["nics"] = folder.record()["machine"]["nics"]
    boot(folder, planned, request.deadline, request.vnc_password)
    folder.remember({"created": True, "name": request.name, "id": folder.id, "machine": planned})
    return f"VM {request.name} was started"


def stop(request, folder):
    """Stops the VM: by its power button where its guest can hear it, and the hard way when stop_timeout is over.
    One that shall be deleted next is only stopped if it can be."""
    patience = whole("stop_timeout", request.wish("stop_timeout", "30"), 0, 3600)
    if not processes.running(folder):
        return f"VM {request.name} does not run" + folder.stranger()
    if request.expunging and not folder.stranger():
        folder.must_be_deletable()
    begun, deaf = time.monotonic(), []
    if patience and power_off(folder, request.deadline.left(patience), deaf):
        return f"VM {request.name} has shut itself down"
    waited = time.monotonic() - begun
    end(folder)
    if deaf or not patience:
        return f"VM {request.name} was switched off" + (f"; it could not be asked to shut itself down: {deaf[0]}" if deaf else "")
    return f"VM {request.name} was switched off; it had not shut itself down within {waited:.0f} seconds"


def reboot(request, folder):
    """Resets the VM, or lets it shut itself down and starts it again. It runs afterwards, however it was before."""
    mode = choice("reboot_mode", request.wish("reboot_mode", "reset"), ("reset", "graceful"))
    folder.must_be_complete()
    if not processes.running(folder):
        raise Refusal(f"VM {request.name} does not run: start it instead")
    with Qmp(folder, request.deadline.left(20)) as qmp:
        state = power.look(qmp)
        _must_be_idle(request, qmp, state)
        was = "" if state in power.ON else power.why(qmp, state)
        if was or mode == "reset":
            request.traces.begun = True
            qmp.ask("system_reset")
            if not was:
                return f"VM {request.name} was reset"
            wait_until(Deadline.within(5), lambda: power.look(qmp) == "prelaunch")  # it is reset while it stands
            _resume(request, qmp, state)
            return f"VM {request.name} was reset and runs; before, {was}"
    request.traces.begun = True
    told = stop(request, folder)
    boot(folder, folder.record()["machine"], request.deadline, request.vnc_password)
    return f"VM {request.name} was shut down and started again" if told.endswith("shut itself down") else (
        f"{told}, and started again")


def delete(request, folder):
    """Ends the VM and deletes its disk with all snapshots. Nothing is ended that could not be deleted then."""
    if not folder.exists():
        return f"There is no VM {request.name}"
    if folder.stranger():
        return f"There is no VM {request.name}{folder.stranger()}"
    folder.must_be_deletable()
    end(folder)
    folder.remove()
    return f"VM {request.name} was deleted"


def power_off(folder, seconds, deaf):
    """Presses the VM's power button, again and again as a VM that boots does not notice; whether QEMU ended in time.
    Why it cannot be heard is added to deaf, and nobody waits then."""
    end_of_patience = time.monotonic() + seconds
    with processes.process(folder) as handle:
        while handle is not None:
            left = end_of_patience - time.monotonic()
            if left <= 0 or not _press(folder, min(5, left), deaf):
                return handle.wait(0)
            if handle.wait(min(PRESS_EVERY, end_of_patience - time.monotonic())):
                deaf.clear()
                return True
    return True


def _press(folder, patience, deaf):
    """Whether there was anybody to hear it."""
    try:
        with Qmp(folder, patience) as qmp:
            state = power.look(qmp)
            if state not in power.ON:
                deaf.append(power.why(qmp, state))
                return False
            qmp.ask("system_powerdown")
            return True
    except QmpError as error:
        deaf.append(str(error))
        return False


def _must_be_idle(request, qmp, state):
    if state in power.BUSY:
        raise Refusal(f"VM {request.name} cannot be changed now: {power.why(qmp, state)}. Wait until that is over", passes=True)


def _resume(request, qmp, state):
    """Lets a VM go on that stands; refused if it stops again at once. Why it stood."""
    was = power.why(qmp, state)
    qmp.ask("system_wakeup" if power.look(qmp) == "suspended" else "cont")
    # an error of the disk comes back when the guest tries again
    until, now = time.monotonic() + STAYS, "running"
    while time.monotonic() < until and now in power.ON + ("suspended",):
        time.sleep(0.1)
        now = power.look(qmp)
    if now not in power.ON:
        raise Refusal(f"VM {request.name} was told to go on but does not: {power.why(qmp, now)}")
    return was
