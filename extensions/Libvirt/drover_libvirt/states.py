"""What state a domain is in: on, off, or neither, and why."""

import re

from .refusal import Refusal
from .virsh import Silent

OFF = "shut off"
ON = ("running", "idle", "in shutdown", "no state")
BUSY = ("migration", "saving", "dumping", "creating snapshot", "starting up", "post-copy", "shutting down")
"""Reasons of a pause that ends by itself, as something is being done to the domain."""
REASONS = {"user": "somebody paused it (virsh suspend)", "watchdog": "its watchdog stopped it",
           "from snapshot": "the snapshot that it goes on from was taken while it was paused",
           "crashed": "its guest has crashed", "panicked": "its guest has crashed"}
NUMBERS = {"1": "poweron", "2": "poweron", "3": "paused", "4": "poweron", "5": "poweroff", "6": "paused", "7": "paused"}
ENTRY = re.compile(r"Domain: '(.*)'\s+state\.state=(\d+)")
SAVED = "its memory is saved on the host (virsh managedsave); start lets it go on from there"


class State:
    """A domain's state and its reason in libvirt's words; nothing if there is no such domain."""

    def __init__(self, word, reason=""):
        self.word, self.reason = word, reason

    @property
    def off(self):
        """Whether nothing of it runs, or it does not exist."""
        return self.word in (None, OFF)

    @property
    def on(self):
        """Whether its guest runs and could hear the power button."""
        return self.word in ON

    @property
    def busy(self):
        """Whether it is paused only while something is done to it."""
        return self.word == "paused" and self.reason in BUSY


def look(request, virsh):
    """The state of the VM's domain."""
    return _parsed(virsh.state(request.id, "--reason"))


def saved(request, virsh):
    """Whether libvirt has an image of the memory that the domain would go on from."""
    return bool(re.search(r"^Managed save:\s+yes", virsh.run("dominfo", request.id), re.MULTILINE))


def why(request, virsh, state):
    """For a person: why a domain is neither on nor off."""
    if state.word == "pmsuspended":
        return "its guest has suspended itself to RAM; start wakes it"
    if state.word == "paused" and state.reason == "I/O error":
        told = _disk_errors(request, virsh)
        return "stopped by an input/output error" + (f" ({told})" if told and told != "No errors found" else "") + (
            ": look at the disk and the free space of the host, then start it")
    if state.busy:
        return f"something is being done to it ({state.reason})"
    words = REASONS.get(state.reason)
    return words or " ".join(filter(None, (state.word, f"({state.reason})" if state.reason else "")))


def must_answer(request, virsh, state):
    """Refuses long work on a domain whose QEMU does not even say how its disks are."""
    if not state.off:
        virsh.run("domblkerror", request.id)


def _disk_errors(request, virsh):
    try:
        return " ".join((virsh.try_run("domblkerror", request.id) or "").split())
    except Silent as silent:
        return str(silent)


def status(request, virsh):
    """The answer for one VM, with its id if it is there; unknown if it is not."""
    state = look(request, virsh)
    if state.word is None:
        other = namesake(request, virsh)
        return {"power_state": "unknown", **({"message": other} if other else {})}
    return {**_power(request, virsh, state), "uuid": request.id}


def statuses(_, virsh):
    """The answer for all domains of this libvirt."""
    found = ENTRY.findall(virsh.run("domstats", "--state", "--raw"))
    power = {name: NUMBERS.get(number, "unknown") for name, number in found}
    for name in virsh.run("list", "--all", "--with-managed-save", "--name").splitlines():
        if power.get(name.strip()) == "poweroff":
            power[name.strip()] = "paused"
    return {"power_state": power}


def must_exist(request, virsh):
    """The state of a VM that has to be there."""
    state = look(request, virsh)
    if state.word is None:
        other = namesake(request, virsh)
        raise Refusal(f"There is no VM {request.name} ({request.id}) in libvirt: deploy it first,"
                      " or correct the detail uri of the host" + (f". {other}" if other else ""))
    return state


def namesake(request, virsh):
    """What to say of a domain that only bears the VM's name; empty if there is none."""
    uuid = virsh.state(request.name) and virsh.try_run("domuuid", request.name)
    if not uuid or uuid.lower() == request.id.lower():
        return ""
    return f"A domain named {request.name} is there that Drover did not make for this VM (uuid {uuid}): it was left alone"


def _power(request, virsh, state):
    if state.word == OFF:
        return {"power_state": "paused", "message": SAVED} if saved(request, virsh) else {"power_state": "poweroff"}
    return {"power_state": "poweron"} if state.on else {"power_state": "paused", "message": why(request, virsh, state)}


def _parsed(words):
    found = re.fullmatch(r"(.*?)(?: \((.*)\))?", words or "")
    return State(found[1] or None, found[2] or "")
