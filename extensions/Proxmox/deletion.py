"""The VM's end. Nothing is switched off that could not be deleted then."""
from hardware import DISK
from problems import Problem, Refused, denied

CLEAN = {"purge": 1, "destroy-unreferenced-disks": 1}


class Deletion:
    """Removes the VM of the call."""

    def __init__(self, api, machines, work, power):
        self._api = api
        self._machines = machines
        self._work = work
        self._power = power

    def delete(self):
        """Removes it with all disks, snapshots and entries in jobs; it may be missing."""
        found, gone = self._machines.find_all(), "Instance is not there"
        if not found:
            return "; ".join(filter(None, (gone, self._machines.namesake())))
        for machine in found:
            machine = self._machines.settled(machine)
            if machine is None:
                continue
            if self._power.is_running(machine):
                self.must_be_deletable(machine)
                self._power.switch_off(machine)
            self._work.change("Deleting VM %d" % machine.vmid, "DELETE", machine.path,
                              lambda machine=machine: not self._still_there(machine), **CLEAN)
            gone = "Instance deleted"
        return gone

    def must_be_deletable(self, machine):
        """Refuses what could not be deleted when it is off already."""
        left = "%s runs and was left as it is: " % machine
        if str(machine.config.get("protection", 0)) == "1":
            raise Problem(left + "it is protected. Switch the VM's protection off in Proxmox")
        path = "/vms/%d" % machine.vmid
        granted = self._asked("/access/permissions", path=path)
        if isinstance(granted, dict) and isinstance(granted.get(path), dict) and "VM.Allocate" not in granted[path]:
            raise Problem(left + denied("(%s, VM.Allocate)" % path))
        for storage in sorted({str(value).split(":")[0] for name, value in machine.config.items()
                               if DISK.fullmatch(name) and ":" in str(value) and "media=cdrom" not in str(value)}):
            state = self._asked("/nodes/%s/storage/%s/status" % (machine.node, storage))
            if isinstance(state, dict) and str(state.get("active", 1)) == "0":
                raise Problem(left + "its storage %s is not available on node %s. Bring the storage back, or correct it in "
                              "Proxmox" % (storage, machine.node))

    def _asked(self, where, /, **parameters):
        """The answer; nothing where that may not be asked."""
        try:
            return self._api.get(where, **parameters)
        except Refused as refused:
            if refused.passes:
                raise
            return None

    def _still_there(self, machine):
        current = self._machines.read(machine.node, machine.vmid)
        return current is not None and self._machines.owns(current)
