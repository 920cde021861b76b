"""Snapshots inside of the VM's disk: with the memory while it runs, of the disk alone while it does not."""

from datetime import datetime, timezone

from . import lifecycle
from .refusal import Refusal

NAMES = (r"[A-Za-z_][0-9A-Za-z ._-]{0,62}", "a name that begins with a letter, of 1 to 63 letters, digits, blanks or . _ -")


def create(request, virsh):
    """CreateSnapshot."""
    name = _name(request)
    lifecycle.must_exist(request, virsh)
    if name in _known(request, virsh):
        raise Refusal(f"VM {request.name} has a snapshot {name!r} already: choose another name or delete that one")
    virsh.run("snapshot-create-as", request.id, "--name", name, "--atomic")
    return f"Snapshot {name!r} was taken"


def listing(request, virsh):
    """ListSnapshots."""
    lifecycle.must_exist(request, virsh)
    return [_facts(name, virsh.xml("snapshot-dumpxml", request.id, name)) for name in _known(request, virsh)]


def restore(request, virsh):
    """RestoreSnapshot. Afterwards the VM runs if it ran before, and not if it did not."""
    name = _name(request)
    ran = lifecycle.must_exist(request, virsh) != lifecycle.OFF
    known = _known(request, virsh)
    if name not in known:
        raise Refusal(f"VM {request.name} has no snapshot {name!r}: it has {', '.join(map(repr, known)) or 'none'}")
    virsh.run("snapshot-revert", request.id, name, "--force")
    runs = virsh.state(request.id) != lifecycle.OFF
    if ran and not runs:
        lifecycle.boot(request, virsh)
        return f"VM {request.name} was started anew with the disk of snapshot {name!r}: it has no memory"
    if runs and not ran:
        virsh.run("destroy", request.id)
    return f"VM {request.name} goes on from snapshot {name!r}" if ran else (
        f"The disk of VM {request.name} is that of snapshot {name!r}; the VM is still stopped")


def delete(request, virsh):
    """DeleteSnapshot."""
    name = _name(request)
    lifecycle.must_exist(request, virsh)
    if name not in _known(request, virsh):
        return f"VM {request.name} has no snapshot {name!r}"
    virsh.run("snapshot-delete", request.id, name)
    return f"Snapshot {name!r} was deleted"


def _known(request, virsh):
    return [line.strip() for line in virsh.run("snapshot-list", request.id, "--name").splitlines() if line.strip()]


def _facts(name, xml):
    taken = datetime.fromtimestamp(int(xml.findtext("creationTime") or 0), timezone.utc)
    return {"name": name, "taken": taken.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "memory": xml.findtext("state") in ("running", "paused")}


def _name(request):
    return request.parameter("snap_name", *NAMES)
