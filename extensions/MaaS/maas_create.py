"""Creating: the VM's machine gets its system, or is given back."""

import base64
import urllib.parse

import maas_machine as m
from maas_answers import record
from maas_api import Api, Conflict
from maas_contract import Refusal
from maas_machine import Machines
from maas_power import turn_on

ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64", "i686": "i386",
                 "ppc64le": "ppc64el", "s390x": "s390x"}


def create(call):
    """Installs the machine and leaves it running; a machine whose installation fails is given back."""
    api = Api(call)
    machines = Machines(call, api)
    try:
        _create(call, api, machines, _settings(call))
    except Refusal as refusal:
        if call.begun or not refusal.passes:
            call.use_reserve()
            call.leftovers = call.leftovers or _has_machine(machines)
            call.begun = False
        raise


def _has_machine(machines):
    """Whether the VM has a machine, if only from prepare, or may have."""
    try:
        return bool(machines.all())
    except Refusal as refusal:
        return refusal.passes


def _create(call, api, machines, settings):
    machine = _fresh(call, api, machines)
    if machine.status == m.ALLOCATED:
        machines.tell(machine)
        _deploy(call, api, machines, machine, settings)
    elif machine.status not in (m.DEPLOYING, m.DEPLOYED):
        raise Refusal(f"{machine} cannot be deployed now ({machine.said()}); set it right in MAAS, then try again")
    _wait_for_system(call, machines)
    turn_on(call, api, machines, machine)


def wish_of(call, system_id):
    """What is asked of MAAS when the VM's machine is allocated."""
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
        machines.wait(lambda: record(api.get(path), "a machine").get("status") not in (m.RELEASING, m.ERASING), call.seconds_left() / 2)
    return machines.allocate(wish_of(call, wanted))


def _deploy(call, api, machines, machine, settings):
    def begun():
        return next((one for one in machines.all() if one.status != m.ALLOCATED), None)

    def begin():
        try:
            api.post(machine.path, "deploy", comment=f"Drover deploys {call.vm_name}", **settings)
            return True
        except Conflict as conflict:
            raise Refusal(f"MAAS does not deploy {machine}: {conflict}", conflict.passes) from None
    try:
        machines.settle(begun, begin, f"{machine} could not be deployed")
    except Refusal as refusal:
        _give_up(call, machines, machine, str(refusal), refusal.passes)


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


def _give_up(call, machines, machine, why, passes=False):
    call.use_reserve()
    try:
        if machine:
            machines.release(machine, {})
    except Refusal as refusal:
        call.leftovers = True
        raise Refusal(f"{why}. It is still allocated: {refusal}") from None
    call.begun = False
    raise Refusal(f"{why}. The machine was released", passes)
