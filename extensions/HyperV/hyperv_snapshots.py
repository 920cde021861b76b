"""Snapshots of the VM, which Hyper-V calls checkpoints."""

from hyperv_contract import Refusal
from hyperv_powershell import literal
from hyperv_power import done

SNAPSHOTS = ("Get-VMSnapshot -VM $vm | Select-Object -Property Name,ParentSnapshotName,"
             "@{Name='Id';Expression={[string]$_.Id}},"
             "@{Name='CreationTime';Expression={$_.CreationTime.ToUniversalTime().ToString('o')}}"
             " | ConvertTo-Json -Compress")


def list_snapshots(call, vms, attempt):
    """The VM's snapshots."""
    return done([{"name": one["Name"], "created": one.get("CreationTime"), "parent": one.get("ParentSnapshotName")}
                  for one in _snapshots(vms, vms.existing())])


def create_snapshot(call, vms, attempt):
    """Takes a snapshot."""
    name = _snapshot_name(call)
    vm = vms.existing()
    if not any(one["Name"] == name for one in _snapshots(vms, vm)):
        vms.change("create the snapshot", vm.chosen, f"Checkpoint-VM -VM $vm -SnapshotName {literal(name)}")
    elif attempt == 0:
        raise Refusal(f"{vm.name} has a snapshot {name!r} already; choose another name or delete it first")
    return done(f"Snapshot {name} was created")


def restore_snapshot(call, vms, attempt):
    """Sets the VM back to a snapshot; it runs afterwards if it ran before. Memory that was saved of the VM is dropped before its
    disks are changed, so that it never goes on with other disks."""
    vm = vms.existing()
    vm.must_be_settled()
    if attempt == 0:
        call.ran = not vm.halted
    one = _snapshot(call, vms, vm)
    drop = ["Remove-VMSavedState -VM $vm"] if vm.saved else []
    vms.change("restore the snapshot", vm.chosen, *drop, f"$snapshot = Get-VMSnapshot -Id {literal(one['Id'])}",
               "Restore-VMSnapshot -VMSnapshot $snapshot -Confirm:$false")
    now = vms.existing()
    if call.ran and now.power() != "poweron":
        vms.change("start the VM again", vm.chosen, "Start-VM -VM $vm" if now.halted else "Resume-VM -VM $vm")
    told = f"Snapshot {one['Name']} was restored"
    if drop:
        told += "; the memory that was saved of the VM was dropped, as it belonged to the disks before"
    if not call.ran and now.saved:
        told += "; the memory of the snapshot is saved, start lets the VM go on from it"
    return done(told)


def delete_snapshot(call, vms, attempt):
    """Removes a snapshot."""
    vm = vms.existing()
    if attempt > 0 and not any(one["Name"] == _snapshot_name(call) for one in _snapshots(vms, vm)):
        return done(f"Snapshot {_snapshot_name(call)} was deleted")
    one = _snapshot(call, vms, vm)
    vms.change("delete the snapshot", f"$snapshot = Get-VMSnapshot -Id {literal(one['Id'])}",
               "Remove-VMSnapshot -VMSnapshot $snapshot -Confirm:$false")
    return done(f"Snapshot {one['Name']} was deleted")


def _snapshots(vms, vm):
    return [one for one in vms.shell.read(vm.chosen, SNAPSHOTS) if one.get("Name") and one.get("Id")]


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
