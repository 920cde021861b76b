"""What a VM is made of, and the command line of its QEMU."""

import json

from . import disks, network
from .accelerator import EMULATOR, accelerator
from .qmp import CONTROL, STATUS
from .refusal import Refusal
from .request import choice, flag, whole, word

BUSES = {"virtio": ["virtio-blk-pci"], "ide": ["ide-hd"], "sata": ["ich9-ahci,id=sata", "ide-hd,bus=sata.0"],
         "scsi": ["virtio-scsi-pci,id=scsi", "scsi-hd,bus=scsi.0"]}
CPU = r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}(,[+-]?[0-9A-Za-z][0-9A-Za-z._-]{0,63}(=(on|off|[0-9]{1,10}))?){0,20}"
SANDBOX = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"


def plan(request, directory):
    """What there is to know to start the VM's QEMU, as JSON; no secrets."""
    arch = str(request.machine.get("arch") or "x86_64")
    if arch not in ("x86_64", "i686"):
        raise Refusal(f"The template's architecture is {arch}: this extension runs x86_64 and i686 only")
    kind = accelerator(request, directory)
    return {
        "name": request.name,
        "accelerator": kind,
        "cpu": word("cpu_model", request.wish("cpu_model", "host" if kind == "kvm" else "max"),
                    CPU, "a CPU model of QEMU"),
        "machine": choice("machine_type", request.wish("machine_type", "pc"), ("pc", "q35")),
        "cpus": whole("cpus", request.machine.get("cpus") or 1, 1, 255),
        "memory": memory(request),
        "bus": choice("disk_bus", request.wish("disk_bus", "virtio"), tuple(BUSES)),
        "iso": disks.iso(request),
        "nics": network.plan(request),
        "vnc": vnc(request),
        "serial": flag("serial_log", request.wish("serial_log", "false")),
        "sandbox": flag("sandbox", request.site("sandbox", "true")) and request.site("network_mode") != "bridge",
    }


def memory(request):
    """MiB of the VM."""
    size = request.machine.get("maxRam") or request.machine.get("minRam") or 0
    if not isinstance(size, int) or size < 1 << 20:
        raise Refusal(f"The service offering's memory is {size!r} bytes: it must be at least 1 MiB")
    return size >> 20


def vnc(request):
    """Where the screen is shown: an address, and the ports to choose from."""
    address = word("vnc_bind", request.site("vnc_bind", "127.0.0.1"), r"[0-9A-Fa-f.:]{2,45}", "an IP address")
    ports = request.site("vnc_ports", "5900-6899")
    first, _, last = ports.partition("-")
    first = whole("vnc_ports", first.strip(), 5900, 65535)
    last = whole("vnc_ports", (last or str(first)).strip(), first, 65535)
    return {"address": f"[{address}]" if ":" in address else address, "first": first, "last": last}


def command(folder, planned):
    """The command line of the VM's QEMU, which waits to be told to go on when it is up."""
    screen = planned["vnc"]
    display = screen["first"] - 5900
    words = [
        EMULATOR, "-name", "guest=" + planned["name"], "-uuid", folder.id, "-nodefaults", "-no-user-config",
        "-machine", f"{planned['machine']},accel={planned['accelerator']}", "-cpu", planned["cpu"],
        "-smp", str(planned["cpus"]), "-m", str(planned["memory"]), "-rtc", "base=utc",
        "-vga", "std", "-usb", "-device", "usb-tablet",
        # QEMU looks for a free port itself, so two that start at once cannot get the same one.
        "-vnc", f"{screen['address']}:{display},to={screen['last'] - 5900},password=on",
        "-serial", "file:serial.log" if planned["serial"] else "null",
        "-qmp", f"unix:{CONTROL},server=on,wait=off", "-qmp", f"unix:{STATUS},server=on,wait=off",
        "-pidfile", folder.pid_file, "-S"]
    return words + _drives(folder, planned) + network.words(planned["nics"]) + (
        ["-sandbox", SANDBOX] if planned["sandbox"] else [])


def _drives(folder, planned):
    *controllers, device = BUSES[planned["bus"]]
    words = [word for controller in controllers for word in ("-device", controller)]
    words += _node("disk0", "qcow2", folder.disk, False)
    words += ["-device", f"{device},drive=disk0,id=drive0,bootindex=1"]
    if planned["iso"]:
        words += _node("cd0", "raw", planned["iso"], True)
        words += ["-device", "ide-cd,bus=ide.1,drive=cd0,id=cd,bootindex=2"]
    return words


def _node(name, image_format, path, read_only):
    node = {"driver": image_format, "node-name": name, "read-only": read_only,
            "file": {"driver": "file", "filename": path}}
    if not read_only:
        node["discard"] = "unmap"
    return ["-blockdev", json.dumps(node)]
