"""Power of the VM, its state, and its end."""
import re

from machines import tags_of
from problems import Problem, Refused, TaskFailed
from settings import INTERNAL_NAME

STATES = {"running": "poweron", "stopped": "poweroff"}
CLEAN = {"purge": 1, "destroy-unreferenced-disks": 1}


class Power:
    """What is done to a VM that exists. The VM is looked up at each call, wherever the cluster has moved it."""

    def __init__(self, api, settings, machines, work):
        self._api = api
        self._settings = settings
        self._machines = machines
        self._work = work

    def is_running(self, machine):
        """Whether it is on."""
        return (self._machines.status(machine) or {}).get("status") == "running"

    def start(self, machine=None):
        """Starts it; it may run already."""
        machine = machine or self.needed()
        if self.is_running(machine):
            return "Instance runs already"
        self._work.change("Starting VM %d" % machine.vmid, "POST", machine.path + "/status/start",
                          lambda: self.is_running(machine))
        self._await(machine, "running")
        return "Instance started"

    def stop(self):
        """Shuts the guest down, and switches it off where the guest does not follow; it may be missing or off already."""
        machine = self._machines.settled(self._machines.find())
        if machine is None:
            return "Instance is not there, so it does not run"
        if not self.is_running(machine):
            return "Instance is stopped already"
        grace = int(min(self._settings.shutdown_seconds, self._api.deadline.left() / 2))
        if grace and self._shut_down(machine, grace):
            return "Instance shut down"
        self._switch_off(machine)
        return "Instance switched off"

    def reboot(self):
        """Restarts the guest, by a reset where the guest does not follow."""
        machine = self.needed()
        before = self._machines.status(machine) or {}
        if before.get("status") != "running":
            raise Problem("%s does not run: start it instead" % machine)
        grace = int(max(1, min(self._settings.shutdown_seconds, self._api.deadline.left() / 2)))

        def restarted():
            status = self._machines.status(machine) or {}
            return status.get("status") == "running" and status.get("pid") != before.get("pid")

        try:
            self._work.change("Rebooting VM %d" % machine.vmid, "POST", machine.path + "/status/reboot", restarted, timeout=grace)
        except TaskFailed:
            if self.is_running(machine):
                self._work.repeat("Resetting VM %d" % machine.vmid, "POST", machine.path + "/status/reset")
            else:
                return self.start(machine)
        self._await(machine, "running")
        return "Instance restarted"

    def delete(self):
        """Removes it with all disks, snapshots and entries in jobs; it may be missing."""
        found, gone = self._machines.find_all(), "Instance is not there"
        for machine in found:
            machine = self._machines.settled(machine)
            if machine is None:
                continue
            if self.is_running(machine):
                self._switch_off(machine)
            self._work.change("Deleting VM %d" % machine.vmid, "DELETE", machine.path,
                              lambda machine=machine: not self._still_there(machine), **CLEAN)
            gone = "Instance deleted"
        return gone

    def status(self):
        """Its power state; unknown if it is missing."""
        machine = self._machines.find()
        status = self._machines.status(machine) if machine else None
        return STATES.get((status or {}).get("status"), "unknown")

    def statuses(self):
        """Power states of all of Drover's VMs on the node by internal name."""
        states = {}
        for row in self._api.get("/nodes/%s/qemu" % self._settings.node):
            if not any(name.startswith("drover-") for name in tags_of(row.get("tags"))) or row.get("template"):
                continue
            name = self._internal_name(row)
            state = STATES.get(row.get("status"), "unknown")
            if name:
                states[name] = state if states.get(name, state) == state else "unknown"
        return states

    def needed(self):
        """The VM, settled; a problem if there is none."""
        machine = self._machines.settled(self._machines.find())
        if machine is None:
            raise Problem("Proxmox has no VM of Drover's with the id %s: it was deleted there, or its mark was removed from "
                          "notes and tags, or the token lacks VM.Audit on it" % self._settings.vm_id)
        return machine

    def _internal_name(self, row):
        name = str(row.get("name") or "")
        if INTERNAL_NAME.fullmatch(name):
            return name
        machine = self._machines.read(self._settings.node, int(row["vmid"]))
        found = re.search(r"Managed by Drover as (\S+)\.", machine.config.get("description") or "") if machine else None
        return found.group(1) if found else None

    def _shut_down(self, machine, grace):
        try:
            self._work.change("Shutting VM %d down" % machine.vmid, "POST", machine.path + "/status/shutdown",
                              lambda: not self.is_running(machine), timeout=grace)
        except TaskFailed:
            return False
        except Refused as refused:
            if refused.status in (401, 403):
                raise
            return False
        return not self.is_running(machine)

    def _switch_off(self, machine):
        self._work.change("Switching VM %d off" % machine.vmid, "POST", machine.path + "/status/stop",
                          lambda: not self.is_running(machine))
        self._await(machine, "stopped")

    def _still_there(self, machine):
        current = self._machines.read(machine.node, machine.vmid)
        return current is not None and self._machines.owns(current)

    def _await(self, machine, wanted):
        """A VM under high availability changes its state a while after the task."""
        pause = 0.2
        while True:
            status = (self._machines.status(machine) or {}).get("status", "gone")
            if status == wanted or status == "gone" and wanted == "stopped":
                return
            if status == "gone":
                raise Problem("%s vanished: somebody deleted it meanwhile" % machine)
            self._api.deadline.pause(pause, "%s was %s" % (machine, wanted))
            pause = min(pause * 1.5, 2)
