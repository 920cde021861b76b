"""Which libvirt is meant: a connection URI that has nothing in it but an address."""

import re
from urllib.parse import quote

from . import places
from .refusal import Refusal

FORM = re.compile(r"qemu(?:\+(?P<by>unix|ssh|tls))?://(?:(?P<user>[0-9A-Za-z_][0-9A-Za-z._-]{0,63})@)?"
                  r"(?P<host>[0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?|\[[0-9A-Fa-f:]{2,39}\])?(?P<port>:[0-9]{1,5})?"
                  r"/(?P<driver>system|session)(?:\?(?P<query>.*))?")
PARAMETERS = {"mode": ("auto", "direct", "legacy"), "no_tty": ("0", "1")}


def connection(request):
    """The URI for virsh. What leads to files comes from details of their own and is checked."""
    given = request.site("uri", "qemu:///system")
    form = FORM.fullmatch(given)
    if not form:
        raise _refusal(given)
    by, host = form["by"], form["host"]
    if (by in ("ssh", "tls")) != bool(host) or (form["user"] and by != "ssh") or (form["port"] and not host):
        raise _refusal(given)
    query = _parameters(given, form["query"])
    socket, key = request.site("socket"), request.site("ssh_key_file")
    if socket and by == "unix":
        query["socket"] = places.inside("socket", socket, "sockets")
    if by == "ssh":
        query["no_tty"] = "1"
        if key:
            query["keyfile"] = places.inside("ssh_key_file", key, "keys")
    words = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return given.split("?")[0] + ("?" + words if words else "")


def is_here(request):
    """Whether that libvirt is on this node, so that its files can be looked at."""
    form = FORM.fullmatch(request.site("uri", "qemu:///system"))
    return bool(form) and not form["host"]


def _parameters(given, query):
    found = {}
    for parameter in query.split("&") if query else []:
        name, _, value = parameter.partition("=")
        if value not in PARAMETERS.get(name, ()) or name in found:
            raise _refusal(given)
        found[name] = value
    return found


def _refusal(given):
    return Refusal(f"The detail uri is {given!r}: it must be a connection URI such as qemu:///system or"
                   " qemu+ssh://user@host/system, with no other parameters than mode and no_tty;"
                   " a key is named by the detail ssh_key_file, a socket by the detail socket")
