"""Turns offering, NICs and disks into the parameters that Proxmox takes."""
import re

from problems import Problem

DISK = re.compile(r"(scsi|virtio|sata|ide)\d+")
UNITS = {"": 1, "K": 2 ** 10, "M": 2 ** 20, "G": 2 ** 30, "T": 2 ** 40}


def computing(settings):
    """CPU and memory."""
    return {"sockets": 1, "cores": settings.cores, "memory": settings.memory_mib}


def networks(settings, config):
    """One netN for each NIC, with the model that the template's NIC has."""
    nics = {}
    for index, nic in enumerate(sorted(settings.nics, key=lambda nic: int(nic.get("deviceId") or 0))):
        mac = str(nic.get("mac") or "")
        if not re.fullmatch(r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}", mac):
            raise Problem("NIC %d has no usable MAC address: %r" % (index, mac))
        vlan = vlan_of(nic, settings)
        nics["net%d" % index] = "%s=%s,bridge=%s%s" % (model(config.get("net%d" % index)), mac.upper(), settings.bridge,
                                                      ",tag=%d" % vlan if vlan else "")
    return nics


def model(value):
    """The model of a NIC in a configuration, virtio if there is none."""
    found = re.match(r"(?:model=)?([a-z][a-z0-9-]*)(=|,|$)", value or "")
    return found.group(1) if found and found.group(1) != "bridge" else "virtio"


def vlan_of(nic, settings):
    """The VLAN of a NIC, None if it is untagged."""
    uri = str(nic.get("broadcastUri") or nic.get("isolationUri") or "")
    value = uri[len("vlan://"):] if uri.startswith("vlan://") else ""
    if not uri and nic.get("defaultNic"):
        value = str(settings.default_vlan or "")
    if value in ("", "untagged", "0"):
        return None
    if not re.fullmatch(r"\d{1,4}", value) or not 1 <= int(value) <= 4094:
        raise Problem("NIC %s has the VLAN %s: Proxmox takes 1 to 4094 or untagged" % (nic.get("deviceId", 0), value))
    return int(value)


def surplus(config, wanted):
    """Names of settings of a template that the VM must not have."""
    nets = [name for name in config if re.fullmatch(r"net\d+", name) and name not in wanted]
    return sorted(nets) + (["vcpus"] if "vcpus" in config else [])


def root_disk(config):
    """The name of the disk that the VM boots from, or None."""
    disks = [name for name in sorted(config) if DISK.fullmatch(name) and "media=cdrom" not in str(config[name])]
    order = re.search(r"order=([^,]*)", str(config.get("boot", "")))
    for name in (order.group(1).split(";") if order else []) + [config.get("bootdisk")]:
        if name in disks:
            return name
    for kind in ("scsi", "virtio", "sata", "ide"):
        for name in disks:
            if name.startswith(kind):
                return name
    return None


def size_of(drive):
    """The bytes of a disk in a configuration; 0 if it does not say."""
    found = re.search(r"(?:^|,)size=(\d+(?:\.\d+)?)([KMGT]?)", str(drive or ""))
    return int(float(found.group(1)) * UNITS[found.group(2)]) if found else 0


def check_growth(settings, config, template_id):
    """Refuses a disk smaller than the template's."""
    disk = root_disk(config)
    if settings.disk_gib is None:
        return
    if not disk:
        raise Problem("The detail disk_size is set, but template %d has no disk: leave the detail out" % template_id)
    have = size_of(config[disk])
    if settings.disk_gib * UNITS["G"] < have:
        raise Problem("The detail disk_size is %d GiB, but disk %s of template %d has %.4g GiB and disks cannot shrink: "
                      "set a larger size or leave the detail out" % (settings.disk_gib, disk, template_id, have / UNITS["G"]))
