"""Finding the VM in Proxmox, and only this one: a VM without Drover's mark is never touched."""
import re

from answers import number, record, rows
from problems import Refused
from settings import VM

VANISHED = "the VM was free of its lock"


class Machine:
    """A VM that carries Drover's mark."""

    def __init__(self, node, vmid, config):
        self.node, self.vmid, self.config = node, vmid, config

    @property
    def path(self):
        """Where it is in the API."""
        return "/nodes/%s/qemu/%d" % (self.node, self.vmid)

    @property
    def lock(self):
        """Why it is locked, or None."""
        return self.config.get("lock")

    @property
    def suspended(self):
        """Whether its memory is on disk, for the disks as they are now."""
        return self.lock == "suspended" or "vmstate" in self.config

    def __str__(self):
        return "VM %d on node %s" % (self.vmid, self.node)


def mark(vm_id, vmid):
    """The line of the notes that makes a VM Drover's. It names the number, so that a copy has no valid mark."""
    return "drover:%s:%d" % (vm_id, vmid)


def tag(vm_id):
    """The tag by which the VM is found if it has another number than prepare chose."""
    return "drover-" + vm_id


def tags_of(value):
    """The tags in a configuration or listing."""
    return [part for part in re.split(r"[;,\s]+", str(value or "")) if part]


class Machines:
    """The VMs of the cluster, as far as they are the VM of this call."""

    def __init__(self, api, settings):
        self._api = api
        self._settings = settings

    def find(self):
        """The VM, or None. Refused with 403 if it may exist but the token does not see it."""
        found = self.find_all()
        return found[0] if found else None

    def find_all(self):
        """All VMs with this VM's mark: normally none or one."""
        vmid, hidden = self._settings.vmid, None
        if vmid:
            try:
                machine = self.read(self._settings.node, vmid)
                if machine and self.owns(machine):
                    return [machine]
            except Refused as refused:
                if refused.status != 403:
                    raise
                hidden = refused
        found = self._search()
        if not found and hidden and not self.is_free(vmid):
            raise hidden
        return found

    def read(self, node, vmid):
        """The VM of that number on that node whoever owns it, or None."""
        try:
            config = record(self._api, "/nodes/%s/qemu/%d/config" % (node, vmid))
        except Refused as refused:
            if refused.missing:
                return None
            raise
        return Machine(node, vmid, config)

    def owns(self, machine):
        """Whether it is the VM of this call."""
        if mark(self._settings.vm_id, machine.vmid) in str(machine.config.get("description") or "").split():
            return True
        return machine.vmid == self._settings.vmid and tag(self._settings.vm_id) in tags_of(machine.config.get("tags"))

    def listed(self):
        """All VMs of the cluster that the token sees, as Proxmox lists them."""
        return [row for row in rows(self._api, "/cluster/resources", "node", "vmid", type="vm") if row.get("type") == "qemu"]

    def namesake(self):
        """What to say of a VM that bears the internal name, but no mark of Drover's for it; blank if there is none."""
        for row in self.listed():
            if row.get("name") == self._settings.internal_name:
                return ("VM %s on node %s is named %s, but Drover did not make it for this VM (its notes do not name the id %s): "
                        "it was left alone" % (row["vmid"], row["node"], row["name"], self._settings.vm_id))
        return ""

    def is_free(self, vmid):
        """Whether no guest of the cluster has that number."""
        try:
            self._api.get("/cluster/nextid", vmid=vmid)
            return True
        except Refused as refused:
            if refused.status == 400:
                return False
            raise

    def settled(self, machine):
        """The VM when its lock is gone; None if it vanished meanwhile, as a failed clone does."""
        pause = 0.2
        while machine and machine.lock in ("clone", "create", "snapshot", "snapshot-delete", "rollback"):
            self._api.deadline.pause(pause, "%s (%s)" % (VANISHED, machine.lock), passes=True)
            pause = min(pause * 1.5, 3)
            machine = self.read(machine.node, machine.vmid)
        return machine

    def status(self, machine):
        """What Proxmox says of its state, None if it is gone."""
        try:
            return record(self._api, machine.path + "/status/current", "status")
        except Refused as refused:
            if refused.missing:
                return None
            raise

    def _search(self):
        wanted, found = tag(self._settings.vm_id), []
        names = (self._settings.internal_name, self._settings.detail("vm_name", (VM,)))  # even one that is refused by now
        for row in self.listed():
            if wanted in tags_of(row.get("tags")) or row.get("name") in names:
                machine = self.read(row["node"], number(row["vmid"], "vmid"))
                if machine and self.owns(machine):
                    found.append(machine)
        return found
