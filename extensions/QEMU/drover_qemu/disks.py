"""Templates, ISOs and the VMs' disks, by qemu-img."""

import json
import os

from . import bases, chain, heads, places, tools
from .refusal import Refusal
from .request import choice, size

FORMATS = ("qcow2", "raw", "vmdk", "vdi", "vhdx", "vpc", "qed")
DAMAGED = 2
"""Exit code of qemu-img check; 1 is that it could not look, 3 that clusters are lost, which does no harm."""


def iso(request):
    """The absolute path of the VM's ISO; empty if it has none."""
    name = request.wish("iso")
    path = _inside(request, "iso", name) if name else ""
    if path:
        heads.look("iso", path, "raw")
    return path


def image(request):
    """The absolute path of the VM's template; empty if it has none."""
    name = request.wish("image")
    return _inside(request, "image", name) if name else ""


def check(request):
    """Refuses a VM without anything to boot from."""
    if not image(request) and not iso(request) and not request.wish("disk_size"):
        raise Refusal("There is nothing to boot from: set the detail image or iso of the template to the path of a disk"
                      " image or an ISO on the host, or disk_size for an empty disk")
    if image(request):
        heads.look("image", image(request), request.wish("image_format"))


def create(request, folder):
    """Makes the VM's disk: an overlay of the template, or an empty one for an ISO to install on."""
    _leave_space(request, folder)
    base, wanted = image(request), request.wish("disk_size")
    if not base:
        _make(request, folder, [], str(size("disk_size", wanted or "10G")))
        return
    facts, made_of = chain.check(base, request.wish("image_format"), lambda path, kind: info(request.deadline, path, kind))
    for path, kind in made_of.items():
        _refuse_damaged(request.deadline, path, kind)
    if wanted and size("disk_size", wanted) < facts["virtual-size"]:
        raise Refusal(f"The detail disk_size is {wanted}, but the image {base} has {facts['virtual-size']} bytes:"
                      " ask for at least as much")
    backing = ["-b", base, "-F", facts["format"]]
    _make(request, folder, backing, str(size("disk_size", wanted)) if wanted else None)
    bases.remember(folder, made_of)


def info(deadline, path, image_format=""):
    """What qemu-img knows about an image."""
    given = ["-f", choice("image_format", image_format, FORMATS)] if image_format else []
    try:
        facts = json.loads(tools.run(deadline, "qemu-img", "info", "-U", "--output=json", *given, "--", path))
    except tools.Failed as failure:
        raise Refusal(f"The image {path} cannot be read: {failure.words[-300:]}. Put a disk image there that qemu-img"
                      " understands, readable to the user that Drover runs extensions as") from None
    choice("image_format", facts["format"], FORMATS)
    return facts


def _refuse_damaged(deadline, path, image_format):
    """Refuses an image that is not whole. What it builds upon is opened, too, and must have been looked at."""
    try:
        tools.run(deadline, "qemu-img", "check", "-q", "-U", "-f", image_format, "--", path)
    except tools.Failed as failure:
        if failure.code == DAMAGED:
            first = (failure.words.splitlines() or ["qemu-img check fails"])[0][:200]
            raise Refusal(f"The image {path} is cut off or damaged ({first}): copy it there again, and compare its size and checksum") from None


def _make(request, folder, backing, length):
    words = ["qemu-img", "create", "-q", "-f", "qcow2", *backing, folder.disk] + ([length] if length else [])
    tools.run(request.deadline, *words)


def _inside(request, key, name):
    places.look(key, name)
    images = request.site("images")
    if images:
        images = places.inside("images", images, "images")
    path = os.path.realpath(os.path.join(images, name)) if images else _found(name)
    if images and not path.startswith(images + os.sep):
        raise Refusal(f"The {key} {name} is outside of {images}: put it there, or change the detail images of the host")
    if not os.path.isabs(path):
        raise Refusal(f"The detail {key} is {name!r}: it must be an absolute path unless the host has the detail images")
    path = places.inside(key, path, "images")
    if not os.path.isfile(path):
        raise Refusal(f"The {key} {path} is missing on {os.uname().nodename}: copy it there or correct the detail {key}")
    if not os.access(path, os.R_OK):
        raise Refusal(f"The {key} {path} on {os.uname().nodename} cannot be read:"
                      " make it readable to the user that Drover runs extensions as")
    return path


def _found(name):
    """Where a name is among the allowed directories; the name itself if it is in none."""
    paths = [os.path.join(place, name) for place in places.allowed("images") or []]
    return next((path for path in paths if os.path.isfile(path)), name)


def _leave_space(request, folder):
    least = size("min_free_space", request.site("min_free_space", "1G"))
    space = os.statvfs(folder.directory)
    free = space.f_bavail * space.f_frsize
    if free < least:
        raise Refusal(f"Only {free >> 20} MiB are free in {folder.directory} on {os.uname().nodename}, {least >> 20}"
                      " are wanted: delete something, or lower the detail min_free_space of the host")
