"""The two ways to a new VM: a clone of a template, or an empty disk and an ISO."""
import hardware
from machines import tag, tags_of
from problems import Problem

GIB = 2 ** 30
DEFAULT_STORAGE = "local-lvm"
DEFAULT_GIB = 64


class Template:
    """A VM that is a clone of a template."""

    def __init__(self, settings, machines):
        self._settings = settings
        self._machines = machines
        self._id = settings.template_id
        self._source = None

    def __str__(self):
        return "template %d" % self._id

    def check(self):
        """Refuses what cannot work before anything is made."""
        self._source = self._locate()
        if str(self._source.config.get("template", 0)) != "1":
            raise Problem("VM %d is not a template: convert it to one in Proxmox, or correct the detail template_id" % self._id)
        hardware.check_growth(self._settings, self._source.config, self._id)
        hardware.networks(self._settings, self._source.config)

    def _locate(self):
        source = self._machines.read(self._settings.node, self._id)
        if source is None:
            nodes = [row["node"] for row in self._machines.listed() if str(row["vmid"]) == str(self._id)]
            source = self._machines.read(nodes[0], self._id) if nodes else None
        if source is None:
            raise Problem("There is no template %d on node %s: correct the detail template_id, or give the token the "
                          "privilege VM.Audit on /vms/%d" % (self._id, self._settings.node, self._id))
        return source

    def request(self, vmid):
        """The request that makes the VM."""
        parameters = {"newid": vmid, "name": self._settings.name, "full": 1 if self._settings.full_clone else 0}
        if self._settings.full_clone and self._settings.storage:
            parameters["storage"] = self._settings.storage
        if self._source.node != self._settings.node:
            parameters["target"] = self._settings.node
        return self._source.path + "/clone", parameters

    def finish(self, machine, work):
        """Gives the clone its CPU, memory, NICs and disk size. May be repeated."""
        config = machine.config
        wanted = dict(hardware.computing(self._settings), **hardware.networks(self._settings, config))
        wanted["tags"] = ";".join(sorted(set(tags_of(config.get("tags"))) | {tag(self._settings.vm_id)}))
        if self._settings.os_type:
            wanted["ostype"] = self._settings.os_type
        if int(config.get("balloon") or 0) > self._settings.memory_mib:
            wanted["balloon"] = self._settings.memory_mib
        surplus = hardware.surplus(config, wanted)
        if surplus:
            wanted["delete"] = ",".join(surplus)
        work.repeat("Configuring VM %d" % machine.vmid, "PUT", machine.path + "/config", **wanted)
        self._grow(machine, work)

    def _grow(self, machine, work):
        hardware.check_growth(self._settings, machine.config, self._id)
        disk, wanted = hardware.root_disk(machine.config), (self._settings.disk_gib or 0) * GIB

        def large_enough():
            current = self._machines.read(machine.node, machine.vmid)
            return current and hardware.size_of(current.config.get(disk)) >= wanted

        if disk and hardware.size_of(machine.config[disk]) < wanted:
            work.change("Enlarging disk %s of VM %d" % (disk, machine.vmid), "PUT", machine.path + "/resize",
                        large_enough, disk=disk, size="%dG" % self._settings.disk_gib)


class Iso:
    """A VM with an empty disk that boots from an ISO."""

    def __init__(self, settings, machines):
        self._settings = settings
        self._machines = machines
        self._iso = settings.iso

    def __str__(self):
        return "ISO " + self._iso

    def check(self):
        """Refuses what cannot work before anything is made."""
        hardware.networks(self._settings, {})

    def request(self, vmid):
        """The request that makes the VM, without its disk: so the mark is there before anything costs space."""
        parameters = {"vmid": vmid, "name": self._settings.name, "tags": tag(self._settings.vm_id),
                      "ostype": self._settings.os_type or "l26", "scsihw": "virtio-scsi-pci",
                      "ide2": self._iso + ",media=cdrom"}
        parameters.update(hardware.computing(self._settings))
        parameters.update(hardware.networks(self._settings, {}))
        return "/nodes/%s/qemu" % self._settings.node, parameters

    def finish(self, machine, work):
        """Gives the VM its disk. May be repeated."""
        def there():
            current = self._machines.read(machine.node, machine.vmid)
            return current and "scsi0" in current.config

        if "scsi0" not in machine.config:
            work.change("Adding a disk to VM %d" % machine.vmid, "POST", machine.path + "/config", there,
                        scsi0="%s:%d" % (self._settings.storage or DEFAULT_STORAGE, self._settings.disk_gib or DEFAULT_GIB),
                        boot="order=scsi0;ide2")
