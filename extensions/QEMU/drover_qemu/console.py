"""Where a VM's screen is to be seen, and what is on it."""

import base64
import os
import secrets
import socket
import string

from . import picture, processes
from .qmp import Qmp
from .refusal import Refusal
from .request import word

ALPHABET = string.ascii_letters + string.digits
LARGEST = 45 << 10
"""Bytes that a picture may have: in base64 it has to fit into the 64 KiB that Drover hands on."""


def new_password():
    """Eight characters, all that VNC looks at."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def getconsole(request, folder):
    """Address and password of the VM's VNC server; the password is set anew, so it is the right one."""
    password = request.vnc_password or new_password()
    with _screen(request, folder) as qmp:
        server = qmp.ask("query-vnc-servers")[0]["server"][0]
        qmp.ask("set_password", protocol="vnc", password=password)
    return {"console": {"host": _host(request, server["host"]), "port": int(server["service"]), "password": password,
                        "passwordonetimeuseonly": False, "protocol": "vnc"}}


def screendump(request, folder):
    """The screen as a PNG in base64; large ones are halved until they fit into an answer."""
    path = os.path.join(folder.path, "screen.ppm")
    try:
        with _screen(request, folder) as qmp:
            qmp.ask("screendump", filename=path)
        with open(path, "rb") as file:
            shown = picture.read_ppm(file.read())
    finally:
        if os.path.exists(path):
            os.unlink(path)
    png = picture.png(*shown)
    while len(png) > LARGEST:
        shown = picture.halved(*shown)
        png = picture.png(*shown)
    return {"format": "png", "width": shown[0], "height": shown[1], "image": base64.b64encode(png).decode()}


def _screen(request, folder):
    folder.must_be_complete()
    if not processes.running(folder):
        raise Refusal(f"VM {request.name} does not run: start it to see its screen")
    return Qmp(folder, request.deadline.left(20))


def _host(request, bound):
    """What others reach the VNC server by: the detail console_host, the address it is bound to, or the host's name."""
    allowed = "a host's name or address"
    given = request.site("console_host")
    if given:
        return word("console_host", given, r"[0-9A-Za-z.:_-]{1,253}", allowed)
    if bound not in ("0.0.0.0", "::", ""):
        return bound
    return request.site("ssh_host") or socket.getfqdn()
