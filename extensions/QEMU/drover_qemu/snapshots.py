"""Snapshots inside of the VM's disk: with the memory while it runs, of the disk alone while it does not."""

from datetime import datetime, timezone

from . import disks, emulator, power, processes, tools
from .qmp import Qmp, QmpError
from .refusal import Refusal

NODE = "disk0"
NAMES = (r"[A-Za-z_][0-9A-Za-z ._-]{0,62}", "a name that begins with a letter, of 1 to 63 letters, digits, blanks or . _ -")


def create(request, folder):
    """CreateSnapshot."""
    name = _name(request)
    folder.must_be_complete()
    if name in _known(request, folder):
        raise Refusal(f"VM {request.name} has a snapshot {name!r} already: choose another name or delete that one")
    if processes.running(folder):
        with _qmp(request, folder) as qmp:
            request.traces.begun = True
            qmp.job("snapshot-save", tag=name, vmstate=NODE, devices=[NODE])
    else:
        tools.run(request.deadline, "qemu-img", "snapshot", "-q", "-c", name, folder.disk)
    return f"Snapshot {name!r} was taken"


def listing(request, folder):
    """ListSnapshots."""
    folder.must_be_complete()
    return [{
        "name": name,
        "taken": datetime.fromtimestamp(facts["date-sec"], timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "memory": facts["vm-state-size"] > 0,
        "memory_bytes": facts["vm-state-size"],
    } for name, facts in _known(request, folder).items()]


def restore(request, folder):
    """RestoreSnapshot. A VM that runs goes on with the snapshot's memory, or is started anew where it has none."""
    name = _name(request)
    folder.must_be_complete()
    known = _known(request, folder)
    if name not in known:
        raise Refusal(f"VM {request.name} has no snapshot {name!r}: it has {', '.join(map(repr, known)) or 'none'}")
    request.traces.begun = True
    if not processes.running(folder):
        _apply(request, folder, name)
        return f"The disk of VM {request.name} is that of snapshot {name!r}; the VM is still stopped"
    why = "it has no memory"
    if known[name]["vm-state-size"] > 0:
        why = _load(request, folder, name)
        if not why:
            return f"VM {request.name} goes on from snapshot {name!r}"
    emulator.end(folder)
    _apply(request, folder, name)
    emulator.boot(folder, folder.record()["machine"], request.deadline, request.vnc_password)
    return f"VM {request.name} was started anew with the disk of snapshot {name!r}: {why}"


def delete(request, folder):
    """DeleteSnapshot."""
    name = _name(request)
    folder.must_be_complete()
    if name not in _known(request, folder):
        return f"VM {request.name} has no snapshot {name!r}"
    if processes.running(folder):
        with _qmp(request, folder) as qmp:
            qmp.job("snapshot-delete", tag=name, devices=[NODE])
    else:
        tools.run(request.deadline, "qemu-img", "snapshot", "-q", "-d", name, folder.disk)
    return f"Snapshot {name!r} was deleted"


def _load(request, folder, name):
    """Loads memory and disk; says why that was impossible."""
    try:
        with _qmp(request, folder) as qmp:
            qmp.job("snapshot-load", tag=name, vmstate=NODE, devices=[NODE])
            qmp.ask("cont")
    except QmpError as error:
        return str(error)
    return ""


def _apply(request, folder, name):
    tools.run(request.deadline, "qemu-img", "snapshot", "-q", "-a", name, folder.disk)


def _known(request, folder):
    if processes.running(folder):
        with _qmp(request, folder) as qmp:
            nodes = qmp.ask("query-named-block-nodes", flat=True)
        image = next(node["image"] for node in nodes if node.get("node-name") == NODE)
    else:
        image = disks.info(request.deadline, folder.disk, "qcow2")
    return {facts["name"]: facts for facts in image.get("snapshots", [])}


def _name(request):
    return request.parameter("snap_name", *NAMES)


def _qmp(request, folder):
    qmp = Qmp(folder, request.deadline.left(20))
    try:
        state = power.look(qmp)
        if state in power.BUSY:
            raise Refusal(f"The disk of VM {request.name} cannot be changed now: {power.why(qmp, state)}."
                          " Wait until that is over", passes=True)
    except BaseException:
        qmp.__exit__()
        raise
    qmp.patience(request.deadline.left())
    return qmp
