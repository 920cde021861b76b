"""How the VMs' NICs are connected: to a libvirt network, a bridge of the host, or behind QEMU (user)."""

import re
from xml.etree.ElementTree import SubElement

from .refusal import Refusal
from .request import choice, word

MODES = ("network", "bridge", "user", "none")
MODELS = ("virtio", "e1000", "e1000e", "rtl8139", "vmxnet3")
MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", re.IGNORECASE)
VLAN = re.compile(r"vlan://(\d{1,4})")
SOURCES = {"network": ("network", "default", "vlan_network", "vlan{vlan}"),
           "bridge": ("network_bridge", "br0", "vlan_bridge", "br{vlan}")}


def add(request, devices):
    """Adds the VM's NICs to the devices of its domain."""
    mode = choice("network_mode", request.site("network_mode", "network"), MODES)
    if mode == "none":
        return
    model = choice("nic_model", request.wish("nic_model", "virtio"), MODELS)
    for place, nic in enumerate(sorted(request.nics(), key=lambda nic: int(nic.get("deviceId") or 0))):
        mac = str(nic.get("mac") or "")
        if not MAC.fullmatch(mac):
            raise Refusal(f"NIC {place} has the MAC {mac!r}: it must be six pairs of hexadecimal digits")
        interface = SubElement(devices, "interface", type=mode)
        SubElement(interface, "mac", address=mac.lower())
        if mode != "user":
            SubElement(interface, "source", {mode: _source(request, mode, nic)})
        SubElement(interface, "model", type=model)


def _source(request, mode, nic):
    plain, plain_default, tagged, tagged_default = SOURCES[mode]
    vlan = VLAN.fullmatch(str(nic.get("broadcastUri") or ""))
    if not vlan:
        return word(plain, request.site(plain, plain_default), r"[0-9A-Za-z._-]{1,50}", "a name of letters, digits or . _ -")
    name = request.site(tagged, tagged_default).replace("{vlan}", vlan[1])
    return word(tagged, name, r"[0-9A-Za-z._-]{1,50}", "a name of letters, digits or . _ -, with {vlan} in it")
