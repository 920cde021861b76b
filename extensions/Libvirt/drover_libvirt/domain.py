"""What libvirt is told of a VM: its domain XML. The password of its screen is in it, so it goes through standard input only."""

from xml.etree.ElementTree import Element, SubElement, tostring

from . import disks, network, places
from .refusal import Refusal
from .request import choice, whole, word
from .uri import is_here

TARGETS = {"virtio": "vda", "scsi": "sda", "sata": "sda", "ide": "hda"}
MODES = ("host-model", "host-passthrough", "maximum")


def xml(request, virsh, disk, old=None):
    """The domain of the VM as it is to be now; without a disk it is the place that is kept for a VM that is being made."""
    kind = accelerator(request, virsh)
    domain = Element("domain", type=kind)
    SubElement(domain, "name").text = request.name if old is None else old.findtext("name")
    SubElement(domain, "uuid").text = request.id
    SubElement(domain, "memory", unit="bytes").text = str(memory(request))
    SubElement(domain, "vcpu").text = str(whole("cpus", request.machine.get("cpus") or 1, 1, 255))
    system = SubElement(domain, "os")
    machine = choice("machine_type", request.wish("machine_type", "pc"), ("pc", "q35"))
    SubElement(system, "type", arch=architecture(request), machine=machine).text = "hvm"
    features = SubElement(domain, "features")
    SubElement(features, "acpi")
    SubElement(features, "apic")
    mode = choice("cpu_mode", request.wish("cpu_mode", "host-model" if kind == "kvm" else "maximum"), MODES)
    SubElement(domain, "cpu", mode=mode)
    SubElement(domain, "clock", offset="utc")
    for event, reaction in (("poweroff", "destroy"), ("reboot", "restart"), ("crash", "destroy")):
        SubElement(domain, "on_" + event).text = reaction
    _devices(request, virsh, SubElement(domain, "devices"), disk, machine,
             [] if old is None else old.findall("devices/interface"))
    return tostring(domain, encoding="unicode")


def accelerator(request, virsh):
    """kvm or qemu, libvirt's word for emulation: as the detail says, else as libvirt offers."""
    wanted = choice("accelerator", request.site("accelerator", "auto"), ("auto", "kvm", "tcg"))
    if wanted == "auto":
        return virsh.xml("domcapabilities").findtext("domain") or "qemu"
    return "kvm" if wanted == "kvm" else "qemu"


def architecture(request):
    """The template's architecture."""
    arch = str(request.machine.get("arch") or "x86_64")
    if arch not in ("x86_64", "i686"):
        raise Refusal(f"The template's architecture is {arch}: this extension runs x86_64 and i686 only")
    return arch


def memory(request):
    """Bytes of the VM's memory."""
    size = request.machine.get("maxRam") or request.machine.get("minRam") or 0
    if not isinstance(size, int) or size < 1 << 20:
        raise Refusal(f"The service offering's memory is {size!r} bytes: it must be at least 1 MiB")
    return size


def _devices(request, virsh, devices, disk, machine, old_interfaces):
    bus = choice("disk_bus", request.wish("disk_bus", "virtio"), tuple(TARGETS))
    if disk:
        _drive(devices, "disk", "qcow2", disk, TARGETS[bus], bus, "1")
    iso = disks.iso(request, virsh)
    if iso:
        drive_bus, target = ("sata", "sdz") if machine == "q35" else ("ide", "hdc")
        SubElement(_drive(devices, "cdrom", "raw", iso, target, drive_bus, "2"), "readonly")
    if bus == "scsi":
        SubElement(devices, "controller", type="scsi", model="virtio-scsi")
    if request.nics():
        network.add(request, devices)
    else:
        devices.extend(old_interfaces)
    _screen(request, devices)
    _serial(request, devices)


def _drive(devices, device, image_format, source, target, bus, order):
    drive = SubElement(devices, "disk", type="file", device=device)
    SubElement(drive, "driver", name="qemu", type=image_format)
    SubElement(drive, "source", file=source)
    SubElement(drive, "target", dev=target, bus=bus)
    SubElement(drive, "boot", order=order)
    return drive


def _screen(request, devices):
    address = word("vnc_bind", request.site("vnc_bind", "127.0.0.1"), r"[0-9A-Fa-f.:]{2,45}", "an IP address")
    graphics = SubElement(devices, "graphics", type="vnc", port="-1", autoport="yes", passwd=request.password_to_use)
    SubElement(graphics, "listen", type="address", address=address)
    SubElement(SubElement(devices, "video"), "model", type="vga")
    SubElement(devices, "input", type="tablet", bus="usb")


def _serial(request, devices):
    directory = request.site("serial_directory")
    if directory:
        word("serial_directory", directory, r"/[^\x00-\x1f]*", "an absolute path on the host")
        directory = places.inside("serial_directory", directory, "serial", is_here(request))
        serial = SubElement(devices, "serial", type="file")
        SubElement(serial, "source", path=f"{directory}/{request.name}.log", append="on")
    else:
        serial = SubElement(devices, "serial", type="null")
    SubElement(serial, "target", port="0")
