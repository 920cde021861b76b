"""Snapshots inside of the VM's disk: with the memory while it runs, of the disk alone while it does not."""

from datetime import datetime, timezone

from . import lifecycle, removal, states
from .refusal import Refusal

NAMES = (r"[A-Za-z_][0-9A-Za-z ._-]{0,62}", "a name that begins with a letter, of 1 to 63 letters, digits, blanks or . _ -")


def create(request, virsh):
    """CreateSnapshot."""
    name = _name(request)
    state = states.must_exist(request, virsh)
    if name in _known(request, virsh):
        raise Refusal(f"VM {request.name} has a snapshot {name!r} already: choose another name or delete that one")
    states.must_answer(request, virsh, state)
    virsh.run("snapshot-create-as", request.id, "--name", name, "--atomic")
    return f"Snapshot {name!r} was taken" + (
        " of the disk alone: the memory that is saved on the host is not in it" if state.off and states.saved(request, virsh)
        else "")


def listing(request, virsh):
    """ListSnapshots."""
    states.must_exist(request, virsh)
    return [_facts(name, virsh.xml("snapshot-dumpxml", request.id, name)) for name in _known(request, virsh)]


def restore(request, virsh):
    """RestoreSnapshot. Afterwards the VM runs if it ran before, and not if it did not. Memory that was saved of the VM is
    dropped before its disk is changed, so that it never goes on with another disk."""
    name = _name(request)
    state = states.must_exist(request, virsh)
    known = _known(request, virsh)
    if name not in known:
        raise Refusal(f"VM {request.name} has no snapshot {name!r}: it has {', '.join(map(repr, known)) or 'none'}")
    if state.busy:
        raise Refusal(f"VM {request.name} cannot be set back now: {states.why(request, virsh, state)}."
                      " Wait until that is over", passes=True)
    states.must_answer(request, virsh, state)
    dropped = _drop_saved(request, virsh)
    virsh.run("snapshot-revert", request.id, name, "--force")
    now = states.look(request, virsh)
    if not state.off and now.off:
        lifecycle.boot(request, virsh)
        return f"VM {request.name} was started anew with the disk of snapshot {name!r}: it has no memory"
    if state.off and not now.off:
        removal.destroy(request, virsh)
    return (f"The disk of VM {request.name} is that of snapshot {name!r}; the VM is still stopped" + dropped if state.off
            else f"VM {request.name} goes on from snapshot {name!r}")


def delete(request, virsh):
    """DeleteSnapshot."""
    name = _name(request)
    state = states.must_exist(request, virsh)
    if name not in _known(request, virsh):
        return f"VM {request.name} has no snapshot {name!r}"
    states.must_answer(request, virsh, state)
    virsh.run("snapshot-delete", request.id, name)
    return f"Snapshot {name!r} was deleted"


def _drop_saved(request, virsh):
    """What to say of it. Refused if it is still there."""
    if not states.saved(request, virsh):
        return ""
    virsh.run("managedsave-remove", request.id)
    if states.saved(request, virsh):
        raise Refusal(f"The saved memory of VM {request.name} could not be dropped, so its disk was left as it is:"
                      f" drop it with virsh managedsave-remove {request.id}")
    return "; the memory that was saved of it was dropped, as it belonged to the disk before"


def _known(request, virsh):
    return [line.strip() for line in virsh.run("snapshot-list", request.id, "--name").splitlines() if line.strip()]


def _facts(name, xml):
    taken = datetime.fromtimestamp(int(xml.findtext("creationTime") or 0), timezone.utc)
    return {"name": name, "taken": taken.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "memory": xml.findtext("state") in ("running", "paused")}


def _name(request):
    return request.parameter("snap_name", *NAMES)
