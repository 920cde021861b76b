"""What each verb does to the VM's machine."""

import maas_machine as m
from maas_answers import listed, notes_of
from maas_api import Api
from maas_contract import Refusal, flag, log
from maas_create import wish_of
from maas_machine import Machine, Machines
from maas_power import power, turn_off, turn_on, word

def prepare(call):
    """Allocates a machine and answers with its id and MAC addresses."""
    machines = Machines(call, Api(call))
    machine = machines.allocate(wish_of(call, call.of_vm("system_id")))
    call.leftovers = True  # it stays allocated; the next call finds it
    machines.tell(machine)
    return {"leftovers": True,
            "details": {"External:maas_system_id": machine.id, "External:maas_hostname": machine.fields.get("hostname")},
            "nics": _nics(call, machine)}


def start(call):
    """Turns the machine on."""
    api = Api(call)
    machines = Machines(call, api)
    turn_on(call, api, machines, _deployed(call, machines))


def stop(call):
    """Turns the machine off, gently first; one that is being installed is stopped in that."""
    api = Api(call)
    machines = Machines(call, api)
    told = []
    for machine in machines.all():
        if machine.status == m.DEPLOYING:
            machines.settle(lambda: _without(machines, m.DEPLOYING),
                            lambda: api.post(machine.path, "abort", comment="Drover stops it") or True,
                            f"The installation of {machine} could not be stopped")
            told.append(f"The installation of {machine} was stopped")
        elif machine.status == m.DEPLOYED:
            told.append(turn_off(call, api, machines, machine))
    return {"status": "success", "message": "; ".join(told) or f"{call.vm_name} has no machine that runs"}


def reboot(call):
    """Turns the machine off, gently first, and on again."""
    api = Api(call)
    machines = Machines(call, api)
    machine = _deployed(call, machines)
    turn_off(call, api, machines, machine)
    turn_on(call, api, machines, machine)


def status(call):
    """Whether the machine is on, asked from its power controller, and the VM's id if it has a machine."""
    api = Api(call)
    machine = Machines(call, api).one()
    state = power(api, machine) if machine else "unknown"
    why = f"MAAS cannot ask the power controller of {machine}; look at its power settings there" if (
        machine and state == "unknown") else ""
    return {"status": "success", "power_state": state, **({"message": why} if why else {}), **({"uuid": call.vm_id} if machine else {})}


def statuses(call):
    """Whether the machines of all VMs are on, as MAAS last saw them."""
    states = {}
    for fields in listed(Api(call).get("machines/"), "machines"):
        name = notes_of(fields).get(m.MARK)
        if name:
            states[str(name)] = word(fields.get("power_state"))
    return {"status": "success", "power_state": states}


def delete(call):
    """Gives the VM's machines back to MAAS."""
    api = Api(call)
    machines = Machines(call, api)
    erase = {name: "true" for name in ("erase", "secure_erase", "quick_erase") if flag(call.of_vm(name), name, False)}
    given = machines.all()
    for machine in given:
        machines.release(machine, erase)
    if not machines.wait(lambda: all(_is_free(api, machine) for machine in given), 60):
        log("MAAS is still releasing; it goes on by itself")


def _is_free(api, machine):
    now = Machine(api.get(machine.path))
    if now.status in (m.FAILED_RELEASING, m.FAILED_ERASING):
        raise Refusal(f"MAAS could not release {now} ({now.said()}). Look at its power settings and disks "
                      "in MAAS, release it there, then try again")
    return now.status != m.RELEASING


def _nics(call, machine):
    nics = sorted(call.vm.get("nics") or [], key=lambda nic: not nic.get("defaultNic"))
    macs = machine.macs()
    if len(macs) < len(nics):
        log(f"{machine} has {len(macs)} network cards for {len(nics)} NICs; the others keep their MAC")
    answered = [dict(nic, mac=mac.lower()) for nic, mac in zip(nics, macs)] + nics[len(macs):]
    return sorted(answered, key=lambda nic: nic.get("deviceId", 0))


def _without(machines, status_left):
    return all(machine.status != status_left for machine in machines.all())


def _deployed(call, machines):
    machine = machines.one()
    if machine is None:
        raise Refusal(f"MAAS has no machine for {call.vm_name}: it was released. Deploy it again, or delete it")
    if machine.status != m.DEPLOYED:
        raise Refusal(f"{machine} is not deployed ({machine.said()}); wait until it is, or set it right in MAAS")
    return machine
