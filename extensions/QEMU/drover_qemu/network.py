"""How the VMs' NICs are connected: user (behind QEMU), bridge (by qemu-bridge-helper), tap (as root), none."""

import hashlib
import ipaddress
import os
import re

from . import tools
from .refusal import Refusal
from .request import choice, flag, word

MODES = ("user", "bridge", "tap", "none")
MODELS = ("virtio-net-pci", "e1000", "e1000e", "rtl8139", "vmxnet3")
MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", re.IGNORECASE)
VLAN = re.compile(r"vlan://(\d{1,4})")


def plan(request):
    """What there is to know about each NIC to start QEMU with it."""
    mode = choice("network_mode", request.site("network_mode", "user"), MODES)
    if mode == "none":
        return []
    model = choice("nic_model", request.wish("nic_model", "virtio-net-pci"), MODELS)
    nics = sorted(request.nics(), key=lambda nic: int(nic.get("deviceId") or 0))
    return [_nic(request, mode, model, place, nic) for place, nic in enumerate(nics)]


def _nic(request, mode, model, place, nic):
    mac = str(nic.get("mac") or "")
    if not MAC.fullmatch(mac):
        raise Refusal(f"NIC {place} has the MAC {mac!r}: it must be six pairs of hexadecimal digits")
    planned = {"mac": mac.lower(), "model": model}
    if mode == "user":
        planned["net"] = "user" + _restriction(request) + _addresses(nic)
    elif mode == "bridge":
        planned["net"] = "bridge,br=" + bridge(request, nic)
    else:
        planned["bridge"] = bridge(request, nic)
        planned["tap"] = "dq" + hashlib.sha256(f"{request.id} {place}".encode()).hexdigest()[:12]
        planned["net"] = f"tap,ifname={planned['tap']},script=no,downscript=no"
    return planned


def bridge(request, nic):
    """The name of the bridge for a NIC's VLAN, which must be there."""
    vlan = VLAN.fullmatch(str(nic.get("broadcastUri") or ""))
    key = "vlan_bridge" if vlan else "network_bridge"
    name = request.site(key, "br{vlan}" if vlan else "br0")
    name = name.replace("{vlan}", vlan[1]) if vlan else name
    word(key, name, r"[0-9A-Za-z._-]{1,15}", "the name of a bridge, 1 to 15 letters, digits or . _ -")
    if not os.path.isdir(f"/sys/class/net/{name}/bridge"):
        of = f"VLAN {vlan[1]}" if vlan else "networks without a VLAN"
        raise Refusal(f"The bridge {name} for {of} is missing on {os.uname().nodename}: ip link add {name} type bridge,"
                      f" or set the detail {key} of the host")
    return name


def attach(deadline, nics):
    """Puts the taps that QEMU has just made into their bridges. They go with QEMU."""
    for nic in nics:
        if "tap" in nic:
            tools.run(deadline, "ip", "link", "set", "dev", nic["tap"], "master", nic["bridge"], "up")


def words(nics):
    """QEMU's arguments for the NICs."""
    found = []
    for place, nic in enumerate(nics):
        found += ["-netdev", f"{nic['net']},id=net{place}",
                  "-device", f"{nic['model']},netdev=net{place},id=nic{place},mac={nic['mac']},romfile="]
    return found or ["-nic", "none"]


def _restriction(request):
    return ",restrict=on" if flag("user_restrict", request.site("user_restrict", "true")) else ""


def _addresses(nic):
    """Lets QEMU's own DHCP server hand out the address that Drover chose, where the network has room for QEMU's three."""
    try:
        address = ipaddress.IPv4Interface(f"{nic['ip']}/{nic['netmask']}")
        gateway = ipaddress.IPv4Address(nic["gateway"])
    except (KeyError, ValueError):
        return ""
    network = address.network
    if network.prefixlen > 29 or gateway not in network or gateway == address.ip:
        return ""
    name_server = next(host for host in network.hosts() if host not in (gateway, address.ip))
    return f",ipv6=off,net={network},host={gateway},dns={name_server},dhcpstart={address.ip}"
