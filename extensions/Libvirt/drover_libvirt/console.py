"""Where a VM's screen is to be seen, and what is on it."""

import base64
import re
import socket
import tempfile
from xml.etree import ElementTree

from . import picture, states
from .refusal import Refusal
from .request import word

DISPLAY = re.compile(r"\[?([^\]]*?)\]?:(\d+)")
HOST = re.compile(r"[a-z0-9+]+://(?:[^@/]*@)?(\[[^\]]+\]|[^:/?]+)")
PNG = b"\x89PNG"
LARGEST = 45 << 10
"""Bytes that a picture may have: in base64 it has to fit into the 64 KiB that Drover hands on."""


def getconsole(request, virsh):
    """Address and password of the VM's VNC server; the password is set anew if it has changed."""
    _must_run(request, virsh)
    password = _password(request, virsh)
    shown = DISPLAY.fullmatch(virsh.run("vncdisplay", request.id))
    if not shown:
        raise Refusal(f"VM {request.name} has no VNC screen: stop and start it")
    return {"console": {"host": _host(request, shown[1]), "port": 5900 + int(shown[2]), "password": password,
                        "passwordonetimeuseonly": False, "protocol": "vnc"}}


def screendump(request, virsh):
    """The screen as a PNG in base64; large ones are halved until they fit into an answer."""
    _must_run(request, virsh)
    with tempfile.NamedTemporaryFile(suffix=".ppm") as file:
        virsh.run("screenshot", request.id, file.name)
        data = file.read()
    shown = picture.read_png(data) if data.startswith(PNG) else picture.read_ppm(data)
    png = picture.png(*shown)
    while len(png) > LARGEST:
        shown = picture.halved(*shown)
        png = picture.png(*shown)
    return {"format": "png", "width": shown[0], "height": shown[1], "image": base64.b64encode(png).decode()}


def _must_run(request, virsh):
    if states.must_exist(request, virsh).off:
        raise Refusal(f"VM {request.name} does not run: start it to see its screen")


def _password(request, virsh):
    graphics = virsh.xml("dumpxml", "--security-info", request.id).find("devices/graphics[@type='vnc']")
    if graphics is None:
        raise Refusal(f"VM {request.name} has no VNC screen: stop and start it")
    wanted = request.vnc_password or graphics.get("passwd") or request.password_to_use
    if graphics.get("passwd") != wanted:
        graphics.set("passwd", wanted)
        virsh.run("update-device", request.id, "/dev/stdin", "--live", given=ElementTree.tostring(graphics, encoding="unicode"))
    return wanted


def _host(request, bound):
    """What others reach the VNC server by: the detail console_host, the address it is bound to, or the host of the URI."""
    given = request.site("console_host")
    if given:
        return word("console_host", given, r"[0-9A-Za-z.:_-]{1,253}", "a host's name or address")
    if bound not in ("", "0.0.0.0", "::"):
        return "127.0.0.1" if bound == "localhost" else bound
    host = HOST.match(request.site("uri"))
    return host[1].strip("[]") if host else socket.getfqdn()
