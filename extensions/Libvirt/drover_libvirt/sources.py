"""What VMs may be made from: volumes of pools and files below allowed directories, and so must be what they build upon."""

import os
import re
import shutil
import struct
import subprocess
import tempfile

from . import heads, places
from .refusal import Refusal
from .uri import is_here
from .virsh import Failed

DISK_OF_VM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.qcow2", re.IGNORECASE)
LONGEST = 16
DAMAGED = 2
"""Exit code of qemu-img check."""
EXTERNAL_DATA = 1 << 2


def named(request, key, given):
    """The name of a volume, or the path of a file that may be used."""
    places.look(key, given)
    if DISK_OF_VM.fullmatch(os.path.basename(given)):
        raise Refusal(f"The {key} {given} is the disk of a VM: make a copy of it that is called otherwise")
    if given.startswith("/"):
        return places.inside(key, given, "images", is_here(request))
    if "/" in given:
        raise Refusal(f"The {key} {given} is neither a volume's name nor an absolute path: correct the detail {key}")
    return given


def check(request, virsh, volume, pool):
    """Refuses a volume that builds upon anything but volumes of its pool and files below allowed directories."""
    home = virsh.xml("pool-dumpxml", pool).findtext("target/path") or ""
    for _ in range(LONGEST):
        below = volume.findtext("backingStore/path")
        if not below:
            return
        if not below.startswith("/"):
            raise Refusal(f"The image builds upon {below}, which is no file: flatten it with qemu-img convert")
        if not home or os.path.dirname(os.path.normpath(below)) != os.path.normpath(home):
            places.inside("image", below, "images", is_here(request))
        try:
            volume = virsh.xml("vol-dumpxml", "--", below)
        except Failed:
            refuse_unseen(request, "image", below, (volume.find("backingStore/format").get("type")
                                           if volume.find("backingStore/format") is not None else ""))
            return
    raise Refusal("The image builds upon too many others: flatten it with qemu-img convert")


def look(request, key, path, image_format):
    """Refuses a file on this host that is no disk image, or one that is cut off. What it builds upon is opened, too, and must have been
    looked at."""
    heads.look(key, path, image_format)
    tool = shutil.which("qemu-img")
    if not tool or image_format == "raw" or _data_elsewhere(_head(path)):
        return
    given = ["-f", image_format] if image_format else []
    try:
        done = subprocess.run([tool, "check", "-q", "-U", *given, "--", path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=request.deadline.left(), check=False)
    except subprocess.TimeoutExpired:
        raise Refusal(f"qemu-img check of the {key} {path} was not done within the {request.deadline.seconds} seconds of this"
                      " action: look at the host's load and its disks, or give the action more time", passes=True) from None
    if done.returncode == DAMAGED:
        first = (done.stderr.decode("utf-8", "replace").splitlines() or ["qemu-img check fails"])[0][:200]
        raise Refusal(f"The {key} {path} is cut off or damaged ({first}): copy it there again, and compare its size and checksum")


def look_at_volume(request, virsh, key, volume, image_format):
    """The same of a volume of a pool; of one on another host only what its first bytes say."""
    path = volume.findtext("target/path") or volume.findtext("key") or ""
    if is_here(request) and os.access(path, os.R_OK) and os.path.isfile(path):
        look(request, key, path, image_format)
        return
    if volume.findtext("physical") == "0":
        heads.refuse(key, path, image_format, b"")
    with tempfile.NamedTemporaryFile() as file:
        if virsh.try_run("vol-download", "--offset", "0", "--length", "512", path, file.name) is not None:
            head = file.read(512)
            heads.refuse(key, path, image_format, head or b"-")  # what is not known is no trouble


def refuse_unseen(request, key, path, image_format):
    """Refuses a file in no pool, of which libvirt says nothing, if it builds upon another one or nobody can look."""
    readable = is_here(request) and os.access(path, os.R_OK) and os.path.isfile(path)
    if readable:
        heads.look(key, path, image_format)
    if image_format == "raw":
        return
    if not is_here(request):
        raise Refusal(f"The {key} {path} is in no pool of libvirt there, so nobody can see what it builds upon: put it into one")
    if not os.path.isfile(path):
        raise Refusal(f"The {key} {path} cannot be used: No such file on {os.uname().nodename}")
    try:
        head = _head(path)
    except OSError as error:
        raise Refusal(f"The {key} {path} cannot be looked at ({error.strerror}): put it into a pool of libvirt") from None
    qcow2 = head.startswith(b"QFI\xfb") and len(head) >= 80
    elsewhere = bool(struct.unpack(">Q", head[8:16])[0]) if qcow2 else not head.startswith((b"KDMV", b"<<< ", b"vhdxfile", b"conectix"))
    if elsewhere or _data_elsewhere(head):
        raise Refusal(f"The {key} {path} may have other files behind it: put it into a pool of libvirt, make one file of it"
                      " with qemu-img convert, or set image_format to raw if it is that")
    if readable and not head.startswith(b"KDMV"):  # of which these bytes do not say whether it has a parent
        look(request, key, path, image_format)


def _head(path):
    with open(path, "rb") as file:
        return file.read(112)


def _data_elsewhere(head):
    """Whether an image has its data in other files, which qemu-img would open without asking."""
    if head.startswith(b"QFI\xfb") and len(head) >= 80 and struct.unpack(">I", head[4:8])[0] >= 3:
        return bool(struct.unpack(">Q", head[72:80])[0] & EXTERNAL_DATA)
    if head.startswith(b"KDMV") and len(head) >= 20:
        return struct.unpack("<Q", head[12:20])[0] == 0
    return head.lstrip(b"\n").startswith(b"# Disk Descriptor")
