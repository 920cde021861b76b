"""Power of the VM. A guest that stands cannot hear a request to shut down, so it is not asked."""

import time

from hyperv_contract import Refusal, log, number
from hyperv_powershell import Failed, OutOfTime


def start(call, vms, attempt):
    """Starts the VM, or lets it go on where it stands."""
    vm = vms.existing()
    was = vm.why()
    if vm.paused:
        vms.change("resume the VM", vm.chosen, "Resume-VM -VM $vm")
    elif vm.halted:
        vms.change("start the VM", vm.chosen, "Start-VM -VM $vm")
    else:
        return _told(f"{vm.name} runs already")
    if vm.paused:  # what stopped it may stop it again
        now = vms.existing()
        if now.paused:
            raise Refusal(f"{vm.name} was told to go on but does not: {now.why()}")
    return _told(f"{vm.name} goes on: {was}" if was else f"{vm.name} was started")


def stop(call, vms, attempt):
    """Shuts the guest down where it can hear that, or turns the VM off; one that shall be deleted next only if it can be."""
    listed = vms.all()
    vm = vms.one(listed)
    if vm is None:
        return _told("; ".join(filter(None, (f"{call.vm_name} is not there, so it does not run", vms.namesake(listed)))))
    if vm.halted:
        return _told(f"{vm.name} does not run" + (f"; {vm.why()}" if vm.saved else ""))
    if call.expunging:
        vms.must_be_removable(vm)
    return _told(off(call, vms, vm))


def reboot(call, vms, attempt):
    """Stops the VM and starts it; one that is off is only started. One whose memory is saved would not begin anew."""
    vm = vms.existing()
    if vm.saved:
        raise Refusal(f"{vm.name} does not run: start it instead; {vm.why()}")
    told = "" if vm.halted else off(call, vms, vm)
    start(call, vms, attempt)
    return _told(f"{told}, and started again" if told else f"{vm.name} was off and was started")


def suspend(call, vms, attempt):
    """Pauses the VM."""
    vm = vms.existing()
    if not vm.paused:
        _need_running(vm, "suspended")
        vms.change("suspend the VM", vm.chosen, "Suspend-VM -VM $vm")
    return done(f"{vm.name} is suspended")


def resume(call, vms, attempt):
    """Lets a paused VM go on."""
    vm = vms.existing()
    if vm.paused:
        vms.change("resume the VM", vm.chosen, "Resume-VM -VM $vm")
    else:
        _need_running(vm, "resumed")
    return done(f"{vm.name} is running")


def off(call, vms, vm):
    """Brings the VM down; what was done, for a person."""
    grace = number(call.of_vm("graceful_stop_seconds"), "graceful_stop_seconds", 120, 0, 3600)
    begun, why = time.monotonic(), ""
    if vm.paused:
        why = f"; it could not be asked to shut down: {vm.why()}"
    elif grace and vm.state in ("Running", "RunningCritical"):
        try:
            vms.shell.change(vm.chosen, "Stop-VM -VM $vm -Force", seconds=min(grace, call.seconds_left() / 2))
        except (Failed, OutOfTime) as trouble:
            waited = time.monotonic() - begun
            why = f"; it had not shut down within {waited:.0f} seconds ({str(trouble) or 'it took too long'})"
            log(f"The guest did not shut down; turning {vm.name} off{why}")
    now = vms.one()
    if now is None or now.halted:
        return f"{vm.name} was shut down"
    vms.change("turn the VM off", vm.chosen, "Stop-VM -VM $vm -TurnOff -Force")
    return f"{vm.name} was turned off{why}"


def done(message):
    """A success whose message the caller of a custom action sees."""
    return {"status": "success", "printmessage": "true", "message": message}


def _told(message):
    return {"status": "success", "message": message}


def _need_running(vm, what):
    if vm.state != "Running":
        raise Refusal(f"{vm.name} is in the state {vm.state}; only a running VM can be {what}. Start it first")
