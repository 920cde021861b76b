"""What an image is made of besides itself: what it builds upon, and where its data is."""

import os
import struct

from . import heads, places
from .refusal import Refusal

LONGEST = 16
EXTERNAL_DATA = 1 << 2


def check(path, image_format, facts_of):
    """The facts of an image, and the formats of all that it is made of by their paths; refused if it leads to anything but files
    below allowed directories.

    Every image is looked at before the one it builds upon is opened; facts_of tells what qemu-img knows of one alone, and must open no
    other.
    """
    first = facts = _one(path, image_format, facts_of)
    place, made_of = path, {path: facts["format"]}
    while facts.get("backing-filename"):
        place = _place(place, facts["backing-filename"])
        if place in made_of or len(made_of) == LONGEST:
            raise Refusal(f"The image {path} builds upon too many others: flatten it with qemu-img convert")
        facts = _one(place, facts.get("backing-filename-format") or "", facts_of)
        made_of[place] = facts["format"]
    return first, made_of


def _one(path, image_format, facts_of):
    heads.look("image", path, image_format)
    if image_format != "raw":
        refuse_elsewhere(path)
    return facts_of(path, image_format)


def _place(image, name):
    """The path of what an image builds upon; a name such as json:{...} or nbd://host is none."""
    if ":" in name.split("/")[0]:
        raise Refusal(f"The image {image} builds upon {name}, which is no file: flatten it with qemu-img convert")
    path = os.path.normpath(os.path.join(os.path.dirname(image), name))
    place = places.inside("image", path, "images")
    if not os.path.isfile(place):
        raise Refusal(f"The image {image} builds upon {name}, which is no file here: put it there, or flatten the image")
    return place


def refuse_elsewhere(path):
    """Refuses an image whose data is in other files, which qemu-img would open without asking."""
    with open(path, "rb") as file:
        head = file.read(112)
    data_elsewhere = head.startswith(b"# Disk Descriptor") or head.startswith(b"\n# Disk Descriptor")
    if head.startswith(b"QFI\xfb") and len(head) >= 80 and struct.unpack(">I", head[4:8])[0] >= 3:
        data_elsewhere = bool(struct.unpack(">Q", head[72:80])[0] & EXTERNAL_DATA)
    if head.startswith(b"KDMV") and len(head) >= 20:
        data_elsewhere = struct.unpack("<Q", head[12:20])[0] == 0
    if data_elsewhere:
        raise Refusal(f"The image {path} has its data in other files: make one file of it with qemu-img convert")
