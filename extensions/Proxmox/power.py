"""Power of the VM and its state."""
import re
import time

import states
from answers import number, rows
from machines import tags_of
from problems import Problem, Refused, TaskFailed
from settings import INTERNAL_NAME

STAYS = 1.0


class Power:
    """What is done to a VM that exists. The VM is looked up at each call, wherever the cluster has moved it."""

    def __init__(self, api, settings, machines, work):
        self._api = api
        self._settings = settings
        self._machines = machines
        self._work = work

    def look(self, machine):
        """Its state."""
        return states.State(self._machines.status(machine) or {}, machine.suspended)

    def is_running(self, machine):
        """Whether it has a process, be its guest paused or not."""
        return self.look(machine).running

    def start(self, machine=None):
        """Starts it, or lets it go on where it stands; it may run already."""
        machine = machine or self.needed()
        state = self.look(machine)
        if state.on:
            return "Instance runs already"
        if state.running and not state.broken:
            self._resume(machine)
            return "Instance goes on: %s" % state.why
        if state.running:
            self.switch_off(machine)
        self._work.change("Starting VM %d" % machine.vmid, "POST", machine.path + "/status/start",
                          lambda: self.is_running(machine))
        self._await(machine, "running")
        return "Instance goes on from the memory that was suspended to disk" if machine.suspended else "Instance started"

    def stop(self, check=None):
        """Shuts the guest down where it can hear that, and switches it off where it does not follow; it may be missing or off.
        The check may refuse that for a VM that runs."""
        machine = self._machines.settled(self._machines.find())
        if machine is None:
            return "; ".join(filter(None, ("Instance is not there, so it does not run", self._machines.namesake())))
        state = self.look(machine)
        if not state.running:
            return "Instance is stopped already" + ("; " + state.why if state.why else "")
        if check:
            check(machine)
        grace, begun = int(min(self._settings.shutdown_seconds, self._api.deadline.left() / 2)), time.monotonic()
        if state.on and grace and self._shut_down(machine, grace):
            return "Instance shut down"
        waited = time.monotonic() - begun
        self.switch_off(machine)
        if not state.on:
            return "Instance switched off; it could not be asked to shut down: %s" % state.why
        return "Instance switched off" + ("; it had not shut down within %d seconds" % round(waited) if grace else "")

    def reboot(self):
        """Restarts the guest, by a reset where the guest does not follow. It runs afterwards, however it was before."""
        machine = self.needed()
        before = self._machines.status(machine) or {}
        state = states.State(before, machine.suspended)
        if not state.running:
            raise Problem("%s does not run: start it instead%s" % (machine, "; " + state.why if state.why else ""))
        if not state.on:
            self._work.repeat("Resetting VM %d" % machine.vmid, "POST", machine.path + "/status/reset")
            self._resume(machine)
            return "Instance was reset and runs; before, %s" % state.why
        grace = int(max(1, min(self._settings.shutdown_seconds, self._api.deadline.left() / 2)))

        def restarted():
            status = self._machines.status(machine) or {}
            return status.get("status") == "running" and status.get("pid") != before.get("pid")

        try:
            self._work.change("Rebooting VM %d" % machine.vmid, "POST", machine.path + "/status/reboot", restarted, timeout=grace)
        except TaskFailed:
            if not self.is_running(machine):
                return self.start(machine)
            self._work.repeat("Resetting VM %d" % machine.vmid, "POST", machine.path + "/status/reset")
        self._await(machine, "running")
        return "Instance restarted"

    def status(self):
        """Its power state and its id; unknown without id if it is missing. What is neither on nor off is told with its reason."""
        machine = self._machines.find()
        if machine is None:
            why, told = self._machines.namesake(), {"power_state": "unknown"}
        else:
            found = self.look(machine)
            why, told = found.why, {"power_state": found.word, "uuid": self._settings.vm_id}
        return dict(told, message=why) if why else told

    def statuses(self):
        """Power states of all of Drover's VMs on the node by internal name."""
        found = {}
        for row in rows(self._api, "/nodes/%s/qemu" % self._settings.node, "vmid", full=1):
            if not any(name.startswith("drover-") for name in tags_of(row.get("tags"))) or row.get("template"):
                continue
            name = self._internal_name(row)
            state = states.State(row, row.get("lock") == "suspended").word
            if name:
                found[name] = state if found.get(name, state) == state else "unknown"
        return found

    def needed(self):
        """The VM, settled; a problem if there is none."""
        machine = self._machines.settled(self._machines.find())
        if machine is None:
            other = self._machines.namesake()
            raise Problem("Proxmox has no VM of Drover's with the id %s: it was deleted there, or its mark was removed from "
                          "notes and tags, or the token lacks VM.Audit on it%s" % (self._settings.vm_id, ". " + other if other else ""))
        return machine

    def switch_off(self, machine):
        """Ends its process."""
        self._work.change("Switching VM %d off" % machine.vmid, "POST", machine.path + "/status/stop",
                          lambda: not self.is_running(machine))
        self._await(machine, "stopped")

    def _internal_name(self, row):
        name = str(row.get("name") or "")
        if INTERNAL_NAME.fullmatch(name):
            return name
        machine = self._machines.read(self._settings.node, number(row["vmid"], "vmid"))
        found = re.search(r"Managed by Drover as (\S+)\.", str(machine.config.get("description") or "")) if machine else None
        return found.group(1) if found else None

    def _resume(self, machine):
        """Lets a guest go on that stands; refused if it stops again at once."""
        self._work.repeat("Resuming VM %d" % machine.vmid, "POST", machine.path + "/status/resume")
        until = time.monotonic() + min(STAYS, self._api.deadline.left() / 2)
        while True:  # an error of the disk comes back when the guest tries again
            state = self.look(machine)
            if not state.on and state.qmp != "suspended" or time.monotonic() > until:
                break
            time.sleep(0.2)
        if not state.on:
            raise Problem("%s was told to go on but does not: %s" % (machine, state.why or "it ended"))

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
