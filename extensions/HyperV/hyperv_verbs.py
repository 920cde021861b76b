"""What each verb and custom action does."""

import re
import time

import hyperv_create
from hyperv_contract import Refusal, log, number
from hyperv_http import PAUSES
from hyperv_powershell import Failed, OutOfTime, Unsure, literal
from hyperv_vm import Vms

SNAPSHOTS = ("Get-VMSnapshot -VM $vm | Select-Object -Property Name,ParentSnapshotName,"
             "@{Name='Id';Expression={[string]$_.Id}},"
             "@{Name='CreationTime';Expression={$_.CreationTime.ToUniversalTime().ToString('o')}}"
             " | ConvertTo-Json -Compress")


def steadily(verb):
    """The verb, done over when nobody knows what became of a change. Each looks first how things are."""
    def attempts(call):
        vms = Vms(call)
        for attempt, pause in enumerate(PAUSES + (None,)):
            try:
                return verb(call, vms, attempt)
            except Unsure as trouble:
                if pause is None or call.seconds_left() < pause:
                    raise Refusal(f"{trouble}. It is not known what the host did of {call.verb}; look whether it is up, "
                                  "then try again") from None
                log(f"{trouble}; looking what became of it")
                time.sleep(pause)
    return attempts


def create(call, vms, attempt):
    """Creates and starts the VM."""
    hyperv_create.create(call, vms)


def start(call, vms, attempt):
    """Starts the VM, or lets it go on."""
    vm = vms.existing()
    if vm.state == "Paused":
        vms.change("resume the VM", vm.chosen, "Resume-VM -VM $vm")
    elif vm.power() != "poweron":
        vms.change("start the VM", vm.chosen, "Start-VM -VM $vm")


def stop(call, vms, attempt):
    """Shuts the guest down, or turns the VM off."""
    vm = vms.one()
    if vm and vm.power() != "poweroff":
        _off(call, vms, vm)


def reboot(call, vms, attempt):
    """Stops the VM and starts it; one that is off is only started."""
    vm = vms.existing()
    if vm.power() != "poweroff":
        _off(call, vms, vm)
    start(call, vms, attempt)


def status(call, vms, attempt):
    """The power state of the VM."""
    vm = vms.one()
    return {"status": "success", "power_state": vm.power() if vm else "unknown"}


def statuses(call, vms, attempt):
    """The power states of all VMs that Drover has on the host."""
    states = {}
    for vm in vms.all():
        mark = re.search(r"drover-id=\S+ drover-name=(.+)", vm.notes)
        if mark:
            states[mark.group(1).strip()] = vm.power()
    return {"status": "success", "power_state": states}


def delete(call, vms, attempt):
    """Removes the VM and its disks."""
    vms.remove(vms.one())


def suspend(call, vms, attempt):
    """Pauses the VM."""
    vm = vms.existing()
    if vm.state != "Paused":
        _need_running(vm, "suspended")
        vms.change("suspend the VM", vm.chosen, "Suspend-VM -VM $vm")
    return _done(f"{vm.name} is suspended")


def resume(call, vms, attempt):
    """Lets a paused VM go on."""
    vm = vms.existing()
    if vm.state == "Paused":
        vms.change("resume the VM", vm.chosen, "Resume-VM -VM $vm")
    else:
        _need_running(vm, "resumed")
    return _done(f"{vm.name} is running")


def list_snapshots(call, vms, attempt):
    """The VM's snapshots."""
    return _done([{"name": one["Name"], "created": one.get("CreationTime"), "parent": one.get("ParentSnapshotName")}
                  for one in _snapshots(vms, vms.existing())])


def create_snapshot(call, vms, attempt):
    """Takes a snapshot."""
    name = _snapshot_name(call)
    vm = vms.existing()
    if not any(one["Name"] == name for one in _snapshots(vms, vm)):
        vms.change("create the snapshot", vm.chosen, f"Checkpoint-VM -VM $vm -SnapshotName {literal(name)}")
    elif attempt == 0:
        raise Refusal(f"{vm.name} has a snapshot {name!r} already; choose another name or delete it first")
    return _done(f"Snapshot {name} was created")


def restore_snapshot(call, vms, attempt):
    """Sets the VM back to a snapshot; it runs afterwards if it ran before."""
    vm = vms.existing()
    one = _snapshot(call, vms, vm)
    vms.change("restore the snapshot", f"$snapshot = Get-VMSnapshot -Id {literal(one['Id'])}",
               "Restore-VMSnapshot -VMSnapshot $snapshot -Confirm:$false")
    now = vms.existing()
    if vm.power() == "poweron" and now.power() != "poweron":
        vms.change("start the VM again", vm.chosen, "Start-VM -VM $vm")
    return _done(f"Snapshot {one['Name']} was restored")


def delete_snapshot(call, vms, attempt):
    """Removes a snapshot."""
    vm = vms.existing()
    if attempt > 0 and not any(one["Name"] == _snapshot_name(call) for one in _snapshots(vms, vm)):
        return _done(f"Snapshot {_snapshot_name(call)} was deleted")
    one = _snapshot(call, vms, vm)
    vms.change("delete the snapshot", f"$snapshot = Get-VMSnapshot -Id {literal(one['Id'])}",
               "Remove-VMSnapshot -VMSnapshot $snapshot -Confirm:$false")
    return _done(f"Snapshot {one['Name']} was deleted")


def _off(call, vms, vm):
    grace = number(call.of_vm("graceful_stop_seconds"), "graceful_stop_seconds", 120, 0, 3600)
    if grace and vm.state == "Running":
        try:
            vms.shell.change(vm.chosen, "Stop-VM -VM $vm -Force", seconds=min(grace, call.seconds_left() / 2))
        except (Failed, OutOfTime) as trouble:
            log(f"The guest did not shut down ({str(trouble) or 'it took too long'}); turning {vm.name} off")
    now = vms.one()
    if now and now.power() != "poweroff":
        vms.change("turn the VM off", vm.chosen, "Stop-VM -VM $vm -TurnOff -Force")


def _need_running(vm, done):
    if vm.state != "Running":
        raise Refusal(f"{vm.name} is in the state {vm.state}; only a running VM can be {done}. Start it first")


def _snapshots(vms, vm):
    return vms.shell.read(vm.chosen, SNAPSHOTS)


def _snapshot_name(call):
    parameters = call.payload.get("parameters")
    name = str(parameters.get("snapshot_name") or "").strip() if isinstance(parameters, dict) else ""
    if not name or len(name) > 100:
        raise Refusal("The parameter snapshot_name is missing or longer than 100 characters")
    return name


def _snapshot(call, vms, vm):
    name, known = _snapshot_name(call), _snapshots(vms, vm)
    found = [one for one in known if one["Name"] == name]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted({str(one["Name"]) for one in known})) or "none"
    raise Refusal(f"{vm.name} has {len(found) or 'no'} snapshot{'s' if found else ''} named {name!r}; it has {names}. "
                  "Choose one of these" + (", or rename them in Hyper-V" if found else ""))


def _done(message):
    return {"status": "success", "printmessage": "true", "message": message}
