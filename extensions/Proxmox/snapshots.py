"""Snapshots of a VM, as custom actions."""
import re
from datetime import datetime, timezone

from answers import number, rows
from problems import Problem

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,39}")


class Snapshots:
    """The snapshots of the VM of the call."""

    def __init__(self, settings, machines, work, power, api):
        self._settings = settings
        self._machines = machines
        self._work = work
        self._power = power
        self._api = api

    def list(self):
        """One row for each, oldest first."""
        machine = self._power.needed()
        rows = sorted(self._all(machine).values(), key=lambda row: number(row.get("snaptime") or 0, "snaptime"))
        return [{"name": row["name"], "description": str(row.get("description") or "").strip(), "created": moment(row.get("snaptime")),
                 "memory": "yes" if row.get("vmstate") else "no", "parent": row.get("parent") or ""} for row in rows]

    def create(self):
        """Takes one."""
        machine, name = self._power.needed(), self._name()
        if name in self._all(machine):
            raise Problem("%s has a snapshot %s already: choose another name or delete that one" % (machine, name))
        parameters = {"snapname": name, "description": str(self._settings.parameters.get("snap_description") or "")}
        if self._with_memory():
            parameters["vmstate"] = 1
        self._work.change("Taking snapshot %s of VM %d" % (name, machine.vmid), "POST", machine.path + "/snapshot",
                          lambda: name in self._all(self._settle(machine)), **parameters)
        return "Snapshot %s taken" % name

    def restore(self):
        """Goes back to one; a VM that ran runs afterwards."""
        machine, name = self._power.needed(), self._name()
        self._known(machine, name)
        if machine.suspended:
            raise Problem("The memory of %s is suspended to disk and belongs to its disks as they are now, so they were left as they "
                          "are: start the VM and restore the snapshot then, or drop the memory on the node with 'qm unlock %d' and "
                          "'qm set %d --delete vmstate'" % (machine, machine.vmid, machine.vmid))
        ran = self._power.is_running(machine)

        def restored():
            return self._settle(machine).config.get("parent") == name

        if restored():  # tells nothing then: changes since the snapshot cannot be seen
            restored = never
        self._work.change("Restoring snapshot %s of VM %d" % (name, machine.vmid), "POST",
                          "%s/snapshot/%s/rollback" % (machine.path, name), restored)
        if ran:
            self._power.start(machine)
        return "Snapshot %s restored" % name

    def delete(self):
        """Removes one."""
        machine, name = self._power.needed(), self._name()
        self._known(machine, name)
        self._work.change("Deleting snapshot %s of VM %d" % (name, machine.vmid), "DELETE",
                          "%s/snapshot/%s" % (machine.path, name), lambda: name not in self._all(self._settle(machine)))
        return "Snapshot %s deleted" % name

    def _settle(self, machine):
        current = self._machines.settled(self._machines.read(machine.node, machine.vmid))
        if current is None:
            raise Problem("%s is gone" % machine)
        return current

    def _all(self, machine):
        found = rows(self._api, machine.path + "/snapshot", "name")
        return {str(row["name"]): row for row in found if row["name"] != "current"}

    def _known(self, machine, name):
        names = sorted(self._all(machine))
        if name not in names:
            raise Problem("%s has no snapshot %s: %s" % (machine, name, "there are " + ", ".join(names) if names else "it has none"))

    def _name(self):
        name = str(self._settings.parameters.get("snap_name") or "")
        if not NAME.fullmatch(name) or name == "current":
            raise Problem("The parameter snap_name is %r: a snapshot's name begins with a letter and has 2 to 40 letters, "
                          "digits, - or _" % name)
        return name

    def _with_memory(self):
        value = str(self._settings.parameters.get("snap_save_memory", "false")).lower()
        if value not in ("true", "false"):
            raise Problem("The parameter snap_save_memory is %s: it must be true or false" % value)
        return value == "true"


def never():
    """No."""
    return False


def moment(seconds):
    """Seconds since 1970 as ISO 8601, blank if there are none."""
    return datetime.fromtimestamp(int(seconds), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else ""
