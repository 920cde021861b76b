"""What each verb does to the VM's machine."""

import base64
import urllib.parse

import maas_machine as m
from maas_api import Api, Conflict
from maas_contract import Refusal, flag, log
from maas_machine import Machine, Machines
from maas_power import power, turn_off, turn_on, word

ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64", "i686": "i386",
                 "ppc64le": "ppc64el", "s390x": "s390x"}


def prepare(call):
    """Allocates a machine and answers with its id and MAC addresses."""
    machines = Machines(call, Api(call))
    machine = machines.allocate(_wish(call, call.of_vm("system_id")))
    machines.tell(machine)
    return {"details": {"External:maas_system_id": machine.id, "External:maas_hostname": machine.fields.get("hostname")},
            "nics": _nics(call, machine)}


def create(call):
    """Installs the machine and leaves it running; a machine whose installation fails is given back."""
    api = Api(call)
    machines = Machines(call, api)
    settings = _settings(call)
    machine = _fresh(call, api, machines)
    if machine.status == m.ALLOCATED:
        machines.tell(machine)
        _deploy(call, api, machines, machine, settings)
    elif machine.status not in (m.DEPLOYING, m.DEPLOYED):
        raise Refusal(f"{machine} cannot be deployed now ({machine.said()}); set it right in MAAS, then try again")
    _wait_for_system(call, machines)
    turn_on(call, api, machines, machine)


def start(call):
    """Turns the machine on."""
    api = Api(call)
    machines = Machines(call, api)
    turn_on(call, api, machines, _deployed(call, machines))


def stop(call):
    """Turns the machine off, gently first; one that is being installed is stopped in that."""
    api = Api(call)
    machines = Machines(call, api)
    for machine in machines.all():
        if machine.status == m.DEPLOYING:
            machines.settle(lambda: _without(machines, m.DEPLOYING),
                            lambda: api.post(machine.path, "abort", comment="Drover stops it") or True,
                            f"The installation of {machine} could not be stopped")
        elif machine.status == m.DEPLOYED:
            turn_off(call, api, machines, machine)


def reboot(call):
    """Turns the machine off, gently first, and on again."""
    api = Api(call)
    machines = Machines(call, api)
    machine = _deployed(call, machines)
    turn_off(call, api, machines, machine)
    turn_on(call, api, machines, machine)


def status(call):
    """Whether the machine is on, asked from its power controller."""
    api = Api(call)
    machine = Machines(call, api).one()
    return {"status": "success", "power_state": power(api, machine) if machine else "unknown"}


def statuses(call):
    """Whether the machines of all VMs are on, as MAAS last saw them."""
    states = {}
    for fields in Api(call).get("machines/"):
        name = (fields.get("workload_annotations") or fields.get("owner_data") or {}).get(m.MARK)
        if name:
            states[name] = word(fields.get("power_state"))
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


def _wish(call, system_id):
    wish = {}
    if system_id:
        wish["system_id"] = system_id
    if call.vm.get("cpus"):
        wish["cpu_count"] = int(call.vm["cpus"])
    if call.vm.get("maxRam") or call.vm.get("minRam"):
        wish["mem"] = int(call.vm.get("maxRam") or call.vm.get("minRam")) // (1024 * 1024)
    arch = call.of_vm("architecture") or ARCHITECTURES.get(str(call.vm.get("arch") or "").lower())
    if arch:
        wish["arch"] = arch
    for name in ("pool", "zone"):
        if call.of_vm(name):
            wish[name] = call.of_vm(name)
    for name in ("tags", "not_tags"):
        if call.of_vm(name):
            wish[name] = [tag.strip() for tag in call.of_vm(name).split(",") if tag.strip()]
    return wish


def _nics(call, machine):
    nics = sorted(call.vm.get("nics") or [], key=lambda nic: not nic.get("defaultNic"))
    macs = machine.macs()
    if len(macs) < len(nics):
        log(f"{machine} has {len(macs)} network cards for {len(nics)} NICs; the others keep their MAC")
    answered = [dict(nic, mac=mac.lower()) for nic, mac in zip(nics, macs)] + nics[len(macs):]
    return sorted(answered, key=lambda nic: nic.get("deviceId", 0))


def _settings(call):
    settings = {name: call.of_vm(name) for name in ("distro_series", "hwe_kernel") if call.of_vm(name)}
    if call.of_vm("user_data"):
        settings["user_data"] = base64.b64encode(call.of_vm("user_data").encode("utf-8")).decode("ascii")
    return settings


def _fresh(call, api, machines):
    machine = machines.one()
    wanted = call.of_vm("maas_system_id", "system_id")
    if machine and machine.status in (m.FAILED_DEPLOYMENT, m.FAILED_RELEASING, m.FAILED_ERASING):
        machines.release(machine, {})
        wanted = machine.id
    if wanted:
        path = f"machines/{urllib.parse.quote(wanted, safe='')}/"
        machines.wait(lambda: api.get(path).get("status") not in (m.RELEASING, m.ERASING), call.seconds_left() / 2)
    return machines.allocate(_wish(call, wanted))


def _without(machines, status_left):
    return all(machine.status != status_left for machine in machines.all())


def _deploy(call, api, machines, machine, settings):
    def begun():
        return next((one for one in machines.all() if one.status != m.ALLOCATED), None)

    def begin():
        try:
            return Machine(api.post(machine.path, "deploy", comment=f"Drover deploys {call.vm_name}", **settings))
        except Conflict as conflict:
            raise Refusal(f"MAAS does not deploy {machine}: {conflict}") from None
    try:
        machines.settle(begun, begin, f"{machine} could not be deployed")
    except Refusal as refusal:
        _give_up(call, machines, machine, str(refusal))


def _wait_for_system(call, machines):
    def ended():
        now = machines.one()
        if now is None:
            raise Refusal(f"The machine of {call.vm_name} was released in MAAS while it was being deployed. Deploy it again")
        if now.status == m.FAILED_DEPLOYMENT:
            _give_up(call, machines, now, f"MAAS could not deploy {now} ({now.said()}). Its installation log in MAAS says why")
        return now.status == m.DEPLOYED
    if not machines.wait(ended, call.seconds_left()):
        _give_up(call, machines, machines.one(), f"The deployment of {call.vm_name} was not over in time. If it only needs "
                 "longer, raise the extension's timeout for deploy")


def _give_up(call, machines, machine, why):
    call.use_reserve()
    try:
        if machine:
            machines.release(machine, {})
    except Refusal as refusal:
        raise Refusal(f"{why}. It is still allocated: {refusal}") from None
    raise Refusal(f"{why}. The machine was released")


def _deployed(call, machines):
    machine = machines.one()
    if machine is None:
        raise Refusal(f"MAAS has no machine for {call.vm_name}: it was released. Deploy it again, or delete it")
    if machine.status != m.DEPLOYED:
        raise Refusal(f"{machine} is not deployed ({machine.said()}); wait until it is, or set it right in MAAS")
    return machine
