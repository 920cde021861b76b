"""Templates, ISOs and the VMs' disks, as volumes of libvirt's pools."""

import os
import re
from xml.etree import ElementTree

from . import layers, sources
from .refusal import Refusal
from .request import choice, size, word
from .virsh import Failed

LEAST = 1 << 20
"""Bytes with less than which a pool is full."""
POOL = r"[0-9A-Za-z_][0-9A-Za-z._-]{0,99}"
FORMATS = ("qcow2", "raw", "vmdk", "vdi", "vhdx", "vpc", "qed")


def pool(request):
    """The name of the pool that the VM's disk is in."""
    return word("pool", request.wish("pool", "default"), POOL, "the name of a storage pool")


def name(request):
    """The name of the VM's disk."""
    return request.id + ".qcow2"


def path(request, virsh):
    """The path of the VM's disk on the host; nothing if it has none. Refused if its pool is not started: nobody knows then."""
    try:
        return virsh.run("vol-path", "--pool", pool(request), name(request))
    except Failed as failure:
        if failure.passes or "not active" in failure.words:
            raise
        return None


def of_domain(described):
    """The path of the disk in a domain's XML; nothing if it has none yet."""
    source = described.find("devices/disk[@device='disk']/source")
    return None if source is None else source.get("file")


def iso(request, virsh):
    """The path of the VM's ISO on the host; empty if it has none."""
    given = request.wish("iso")
    return _volume(request, virsh, "iso", given)["path"] if given else ""


def check(request, virsh):
    """Refuses a VM whose disk could not be made."""
    virsh.run("pool-info", pool(request))
    if not request.wish("image") and not request.wish("iso") and not request.wish("disk_size"):
        raise Refusal("There is nothing to boot from: set the detail image or iso of the template to a volume of the pool or"
                      " a path on the host, or disk_size for an empty disk")
    for key in ("image", "iso"):
        if request.wish(key):
            _volume(request, virsh, key, request.wish(key))


def create(request, virsh):
    """Makes the VM's disk, an overlay of the template or an empty one; what an interrupted attempt left is replaced."""
    delete(request, virsh)
    wanted, image = request.wish("disk_size"), request.wish("image")
    volume = ElementTree.Element("volume")
    ElementTree.SubElement(volume, "name").text = name(request)
    capacity = ElementTree.SubElement(volume, "capacity", unit="bytes")
    capacity.text = str(size("disk_size", wanted or "10G"))
    _target(volume, "qcow2")
    if image:
        base = _volume(request, virsh, "image", image)
        if wanted and base["capacity"] and size("disk_size", wanted) < base["capacity"]:
            raise Refusal(f"The detail disk_size is {wanted}, but the image {image} has {base['capacity']} bytes:"
                          " ask for at least as much")
        if not wanted:
            if not base["capacity"]:
                raise Refusal(f"The image {image} is in no pool of libvirt, so its size is not known: set the detail disk_size")
            capacity.text = str(base["capacity"])
        backing = ElementTree.SubElement(volume, "backingStore")
        ElementTree.SubElement(backing, "path").text = base["path"]
        ElementTree.SubElement(backing, "format", type=base["format"])
    _make(request, virsh, volume, image)


def delete(request, virsh):
    """Deletes the disk of a VM that has no domain, if there is one; what to say of one that is left."""
    return _delete(virsh, pool(request), request.id, None) if path(request, virsh) else ""


def delete_of(request, described, virsh):
    """Deletes what the disk of a domain is made of, if it was made for it: also what was laid over it by hand in its pool, if that
    bears its name. What to say of what is left."""
    file = of_domain(described)
    if not file:
        return delete(request, virsh)
    own = os.path.basename(file).startswith(request.id + ".")
    where = (_pool_of(virsh, file) if own else None) or pool(request)
    left = "" if own else f"; its disk {file} was not made by Drover and is left there"
    if virsh.try_run("pool-info", where) is None:
        return left
    virsh.refreshed(where)  # what was made by hand is seen then
    return left + _delete(virsh, where, request.id, file)


def _delete(virsh, where, vm, top):
    going, staying = layers.of(virsh, where, vm, top)
    for volume in going:
        virsh.run("vol-delete", volume)
    return f"; what begins with its id and is not part of its disk, or is used by others, is left: {', '.join(staying)}" if staying else ""


def is_full(request, virsh):
    """Whether no space is left in the pool that the VM's disk is in."""
    where = _pool_of(virsh, of_domain(virsh.xml("dumpxml", request.id)) or "")
    if where is None or not virsh.refreshed(where):
        return False
    return int(virsh.xml("pool-dumpxml", where).findtext("available") or LEAST) < LEAST


def check_deletable(request, virsh, described):
    """Refuses what would fail when the VM is off already: a pool that is not started or cannot be changed."""
    file = of_domain(described) or ""
    own = os.path.basename(file).startswith(request.id + ".")
    where = _pool_of(virsh, file) if own else pool(request)
    if where is None:
        raise Refusal(f"The disk {file} of VM {request.name} is in no pool of libvirt, so the VM was left as it is: define and"
                      " start a pool of its directory (virsh pool-define-as, pool-start), then try again")
    if not own and virsh.try_run("pool-info", where) is None:
        return
    probe = request.id + ".probe"
    try:
        if virsh.try_run("vol-path", "--pool", where, probe) is None:
            virsh.run("vol-create-as", where, probe, "0", "--format", "raw")
        virsh.run("vol-delete", "--pool", where, probe)
    except Failed as failure:
        if failure.passes:
            raise
        if "No space left" in failure.words:
            return
        raise Refusal(f"The disk of VM {request.name} could not be deleted, so the VM was left as it is:"
                      f" {failure}") from None


def _pool_of(virsh, file):
    """The pool whose directory the file is in; nothing if there is none."""
    directory = file.rpartition("/")[0]
    for given in virsh.run("pool-list", "--all", "--name").splitlines():
        found = given.strip() and virsh.xml("pool-dumpxml", given.strip())
        if given.strip() and (found.findtext("target/path") or "").rstrip("/") == directory:
            return given.strip()
    return None


def _make(request, virsh, volume, image):
    try:
        virsh.run("vol-create", pool(request), "/dev/stdin", given=ElementTree.tostring(volume, encoding="unicode"))
    except Failed as failure:
        if image and ("backing" in failure.words or "No such file" in failure.words):
            raise Refusal(f"The image {image} cannot be used: {failure.words}. Put it where libvirt can read it,"
                          " or correct the details image and image_format") from None
        raise


def _target(volume, image_format):
    target = ElementTree.SubElement(volume, "target")
    ElementTree.SubElement(target, "format", type=image_format)


def _volume(request, virsh, key, given):
    """Path, format and capacity of an image. One that is in no pool must have an absolute path; its capacity is 0."""
    given = sources.named(request, key, given)
    where = [] if given.startswith("/") else ["--pool", _image_pool(request)]
    image_format = request.wish("image_format") if key == "image" else "raw"
    if image_format:
        choice("image_format", image_format, FORMATS)
    try:
        found = virsh.xml("vol-dumpxml", *where, "--", given)
    except Failed as failure:
        if given.startswith("/"):
            sources.refuse_unseen(request, key, given, image_format)
            return {"path": given, "format": image_format or "qcow2", "capacity": 0}
        raise Refusal(f"The {key} {given} is not in the pool {where[1]} ({failure.words}): upload it (virsh vol-upload,"
                      f" pool-refresh), or set {key} to a path on the host or image_pool to its pool") from None
    target = found.find("target")
    known = target.find("format") if target is not None else None
    image_format = image_format or (known.get("type") if known is not None else "raw")
    if image_format != "raw":
        sources.check(request, virsh, found, _image_pool(request))
    sources.look_at_volume(request, virsh, key, found, image_format)
    return {"path": found.findtext("target/path") or found.findtext("key"), "capacity": int(found.findtext("capacity") or 0),
            "format": image_format}


def _image_pool(request):
    return word("image_pool", request.wish("image_pool", pool(request)), POOL, "the name of a storage pool")
