"""What each verb does that is about a VM's whole life."""

import re
import time

import hyperv_create
from hyperv_contract import Refusal, log
from hyperv_http import PAUSES
from hyperv_powershell import Unsure
from hyperv_vm import Vms


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
                                  "then try again", passes=True) from None
                log(f"{trouble}; looking what became of it")
                time.sleep(pause)
    return attempts


def create(call, vms, attempt):
    """Creates and starts the VM."""
    return hyperv_create.create(call, vms)


def status(call, vms, attempt):
    """The power state of the VM, why it is neither on nor off, and its id if it is there."""
    listed = vms.all()
    vm = vms.one(listed)
    state, why = (vm.power(), vm.why()) if vm else ("unknown", vms.namesake(listed))
    return {"status": "success", "power_state": state, **({"message": why} if why else {}), **({"uuid": call.vm_id} if vm else {})}


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
    listed = vms.all()
    vm = vms.one(listed)
    vms.remove(vm)
    other = "" if vm else vms.namesake(listed)
    return {"status": "success", "message": f"{call.vm_name} was deleted" if vm else "; ".join(
        filter(None, (f"There is no VM {call.vm_name}", other)))}
