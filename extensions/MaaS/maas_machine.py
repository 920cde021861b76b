"""The machine in MAAS that stands for one VM of Drover."""

import time

from maas_answers import listed, named, notes_of, record
from maas_api import PAUSES, Conflict, Unsure
from maas_contract import Refusal, log

READY, DEPLOYED, DEPLOYING, ALLOCATED = 4, 6, 9, 10
FAILED_DEPLOYMENT, RELEASING, FAILED_RELEASING, ERASING, FAILED_ERASING = 11, 12, 13, 14, 15
MARK = "drover_vm"


class Machine:
    """What MAAS said of a machine that this VM has."""

    def __init__(self, fields):
        self.fields = named(fields, "a machine", "system_id")
        self.id = str(self.fields["system_id"])
        self.status = fields.get("status")
        self.path = f"machines/{self.id}/"

    def __str__(self):
        return f"{self.fields.get('hostname')} ({self.id})"

    @property
    def owner(self):
        """The id of the VM that it stands for; nothing if nobody has said so yet."""
        return notes_of(self.fields).get("drover_id")

    def said(self):
        """The state as MAAS words it."""
        parts = (self.fields.get("status_name"), self.fields.get("status_message"))
        return ": ".join(str(part) for part in parts if part)

    def macs(self):
        """MAC addresses of its network cards, that of the boot card first."""
        boot = record(self.fields.get("boot_interface") or {}, "boot_interface").get("mac_address")
        cards = [card.get("mac_address") for card in listed(self.fields.get("interface_set") or [], "interface_set")
                 if card.get("type", "physical") == "physical" and card.get("mac_address")]
        return ([boot] if boot else []) + [mac for mac in cards if mac != boot]


class Machines:
    """Finds, takes and gives back the machines of one VM. Others are never touched: the mark that MAAS keeps
    with an allocation, its agent name, says whose it is."""

    def __init__(self, call, api):
        self._call = call
        self._api = api

    @property
    def mark(self):
        """The agent name under which the VM's machine is allocated."""
        return f"drover-{self._call.vm_id}"

    def all(self):
        """Every machine that this VM has."""
        found = listed(self._api.get("machines/", agent_name=self.mark), "machines")
        machines = sorted((Machine(fields) for fields in found), key=lambda machine: machine.id)
        strange = [one for one in machines if one.fields.get("agent_name") not in (None, "", self.mark)
                   or one.owner not in (None, self._call.vm_id)]
        unsaid = any(one.owner is None for one in machines)
        if strange or unsaid and listed(self._api.get("machines/", agent_name="drover-nobody"), "machines"):
            raise Refusal(f"MAAS answers with machines of others ({', '.join(map(str, strange or machines))}) when it is asked for "
                          f"those of the agent {self.mark}, so none was touched. Correct the drover_id of their annotations, or "
                          "use a MAAS that heeds the filter agent_name")
        return machines

    def one(self):
        """The VM's machine, or None. What a lost answer allocated besides it is given back."""
        found = self.all()
        for spare in found[1:]:
            if spare.status == ALLOCATED:
                log(f"Giving back {spare}, allocated once too often")
                self.release(spare, {})
        return found[0] if found else None

    def allocate(self, wish):
        """The VM's machine, allocated if it has none; refuses when none is free that fits."""
        return self.settle(self.one, lambda: self._take(wish), f"No machine could be allocated for {self._call.vm_name}")

    def settle(self, look, act, failure):
        """Acts until looking finds the result; an act of unknown outcome is followed by another look."""
        for pause in PAUSES + (None,):
            found = look()
            if found:
                return found
            try:
                return act()
            except Unsure as trouble:
                if pause is None or self._call.seconds_left() < pause:
                    raise Refusal(f"{failure}. {trouble}. Look whether MAAS is up, then try again", passes=True) from None
                log(f"{trouble}; looking what became of it")
                time.sleep(pause)

    def tell(self, machine):
        """Writes into MAAS which VM the machine is, for people and for statuses."""
        notes = {MARK: self._call.vm_name, "drover_id": self._call.vm_id}
        known = notes_of(machine.fields)
        if all(known.get(name) == value for name, value in notes.items()):
            return
        self.settle(lambda: None, lambda: self._annotate(machine, notes) or machine, "The machine could not be annotated")

    def release(self, machine, erase):
        """Gives the machine back; one that MAAS is giving back already is left to it."""
        def gone():
            return all(one.id != machine.id or one.status in (READY, RELEASING, ERASING) for one in self.all())

        def give():
            comment = f"Drover deletes {self._call.vm_name}"
            try:
                self._api.post(machine.path, "release", comment=comment, **erase)
            except Conflict as conflict:
                raise Refusal(f"MAAS does not release {machine}: {conflict}. Free it in MAAS, then try again",
                              conflict.passes) from None
            return True
        self.settle(gone, give, f"{machine} could not be released")

    def wait(self, until, seconds):
        """Reads the VM's machines again and again; true as soon as they are as wished, false when time is up."""
        end = time.monotonic() + min(seconds, self._call.seconds_left())
        pause = 0.2
        while not until():
            if time.monotonic() + pause > end:
                return False
            time.sleep(pause)
            pause = min(10.0, pause * 1.6)
        return True

    def _take(self, wish):
        try:
            given = self._api.post("machines/", "allocate", agent_name=self.mark,
                                   comment=f"Drover deploys {self._call.vm_name}", **wish)
        except Conflict as conflict:
            wanted = ", ".join(f"{name}={value}" for name, value in wish.items()) or "anything"
            raise Refusal(f"MAAS has no free machine that fits ({wanted}): {conflict}. Commission or free one, "
                          "or change service offering, tags or pool") from None
        try:
            return Machine(given)
        except Refusal:
            found = self.one()  # it may be allocated all the same
            if found is None:
                raise
            return found

    def _annotate(self, machine, notes):
        try:
            self._api.post(machine.path, "set_workload_annotations", **notes)
        except Refusal as refusal:
            if "signature" not in str(refusal):
                raise
            self._api.post(machine.path, "set_owner_data", **notes)  # before MAAS 3.0
