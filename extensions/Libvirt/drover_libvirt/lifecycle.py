"""create, start, stop and reboot. Each can be repeated."""

import time

from . import disks, domain, removal, states
from .deadline import Deadline, wait_until
from .refusal import Refusal
from .request import choice, whole
from .virsh import Failed, Silent

PRESS_EVERY = 5
"""Seconds between two tries to make a VM shut itself down."""
STAYS = 1
"""Seconds that a VM which was stopped by an error must go on before it is believed."""


def create(request, virsh):
    """Makes the VM and starts it; repeated, it does nothing. The domain is there before its disk is, so a disk has an owner."""
    if states.look(request, virsh).word is not None:
        if disks.of_domain(virsh.xml("dumpxml", "--inactive", request.id)):
            return start(request, virsh)
    check(request, virsh)
    try:
        virsh.run("define", "/dev/stdin", given=domain.xml(request, virsh, None))
        disks.create(request, virsh)
        virsh.run("define", "/dev/stdin", given=domain.xml(request, virsh, disks.path(request, virsh)))
        boot(request, virsh)
    except BaseException:
        request.deadline.use_reserve()
        request.traces.leftovers = True
        try:
            removal.remove(request, virsh)
        except Refusal as refusal:
            raise Refusal(f"VM {request.name} could not be created, and what there is of it could not be removed:"
                          f" {refusal}") from None
        request.traces.leftovers = request.traces.begun = False
        raise
    return f"VM {request.name} was created and runs"


def check(request, virsh):
    """Refuses a VM that could not be made."""
    other = states.namesake(request, virsh)
    if other:
        raise Refusal(f"{other}. Rename it there (virsh domrename) or remove it, then deploy again")
    disks.check(request, virsh)


def start(request, virsh):
    """Starts the VM with what offering, details and NICs are now, or lets it go on where it stands."""
    state = states.must_exist(request, virsh)
    if state.on:
        return f"VM {request.name} runs already"
    if state.busy:
        raise Refusal(f"VM {request.name} cannot be started now: {states.why(request, virsh, state)}."
                      " Wait until that is over", passes=True)
    if state.off and states.saved(request, virsh):
        boot(request, virsh)
        return f"VM {request.name} goes on from its saved memory; what was changed meanwhile counts from its next start"
    if state.off or state.word == "crashed":
        return fresh(request, virsh)
    return f"VM {request.name} goes on: {_resume(request, virsh, state)}"


def fresh(request, virsh):
    """Starts the VM from the beginning, ending what is left of it."""
    if not states.look(request, virsh).off:
        removal.destroy(request, virsh)
    old = virsh.xml("dumpxml", "--inactive", request.id)
    disk = disks.of_domain(old)
    if not disk:
        raise Refusal(f"VM {request.name} was never completely made: deploy it again, or delete it")
    virsh.run("define", "/dev/stdin", given=domain.xml(request, virsh, disk, old))
    boot(request, virsh)
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
    """Stops the VM: by its power button where its guest can hear it, and the hard way when stop_timeout is over.
    One that shall be deleted next is only stopped if it can be."""
    patience = whole("stop_timeout", request.wish("stop_timeout", "30"), 0, 3600)
    state = states.look(request, virsh)
    if state.word is None:
        other = states.namesake(request, virsh)
        return f"VM {request.name} does not run" + (f". {other}" if other else "")
    if state.off:
        return f"VM {request.name} does not run" + (f"; {states.SAVED}" if states.saved(request, virsh) else "")
    if request.expunging:
        disks.check_deletable(request, virsh, virsh.xml("dumpxml", "--inactive", request.id))
    begun, deaf = time.monotonic(), ""
    if patience and state.on:
        try:
            if _power_off(request, virsh, patience):
                return f"VM {request.name} has shut itself down"
        except Silent as silent:
            deaf = f"; it could not be asked to shut itself down: {silent}"
        state = states.look(request, virsh)
    if not deaf and not state.on and not state.off:
        deaf = f"; it could not be asked to shut itself down: {states.why(request, virsh, state)}"
    waited = time.monotonic() - begun
    removal.destroy(request, virsh)
    if deaf or not patience:
        return f"VM {request.name} was switched off{deaf}"
    return f"VM {request.name} was switched off; it had not shut itself down within {waited:.0f} seconds"


def reboot(request, virsh):
    """Resets the VM, or lets it shut itself down and starts it again. It runs afterwards, however it was before."""
    mode = choice("reboot_mode", request.wish("reboot_mode", "reset"), ("reset", "graceful"))
    state = states.must_exist(request, virsh)
    if state.off:
        raise Refusal(f"VM {request.name} does not run: start it instead"
                      + (f"; {states.SAVED}" if states.saved(request, virsh) else ""))
    if mode == "graceful" and state.on:
        told = stop(request, virsh)
        fresh(request, virsh)
        return f"VM {request.name} was shut down and started again" if told.endswith("shut itself down") else (
            f"{told}, and started again")
    if state.on:
        virsh.run("reset", request.id)
        return f"VM {request.name} was reset"
    if state.busy:
        raise Refusal(f"VM {request.name} cannot be rebooted now: {states.why(request, virsh, state)}."
                      " Wait until that is over", passes=True)
    was = states.why(request, virsh, state)
    if state.word == "paused":
        virsh.run("reset", request.id)
        _resume(request, virsh, state)
        return f"VM {request.name} was reset and runs; before, {was}"
    fresh(request, virsh)
    return f"VM {request.name} was switched off and started again; before, {was}"


def _resume(request, virsh, state):
    """Lets a domain go on that stands; refused if it stops again at once. Why it stood."""
    was = states.why(request, virsh, state)
    virsh.run("dompmwakeup" if state.word == "pmsuspended" else "resume", request.id)
    # an error of the disk comes back when the guest tries again
    now, stood = states.State("running"), Deadline.within(STAYS)
    while not stood.over() and (now.on or now.word == "pmsuspended"):
        time.sleep(0.1)
        now = states.look(request, virsh)
    if not now.on:
        raise Refusal(f"VM {request.name} was told to go on but does not: {states.why(request, virsh, now)}")
    return was


def _power_off(request, virsh, patience):
    """Presses the power button, again and again as a VM that boots does not notice; whether the VM is off in time."""
    whole_time = Deadline.within(request.deadline.left(patience))
    while not whole_time.over():
        virsh.try_run("shutdown", request.id, "--mode", "acpi")
        seen = []

        def ended():
            seen.append(states.look(request, virsh))
            return not seen[-1].on
        if wait_until(Deadline.within(whole_time.left(PRESS_EVERY)), ended, 0.2):
            return seen[-1].off
    return False
