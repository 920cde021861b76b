"""What the images were like that a VM's disk builds upon: it is worth nothing with others."""

import hashlib
import json
import os

from .refusal import Refusal

FILE = "bases.json"
BLOCK = 1 << 20
BLOCKS = 32


def remember(folder, paths):
    """Writes down what the images are like now."""
    with open(os.path.join(folder.path, FILE), "w", encoding="utf-8") as file:
        json.dump({path: _like(path) for path in paths}, file, indent=1)


def check(folder):
    """Refuses a VM whose images are not there any more, or not what they were. A copy that is equal will do."""
    for path, was in _known(folder).items():
        where = f"{path} on {os.uname().nodename}, which the disk of the VM builds upon,"
        try:
            facts = os.stat(path)
            if (facts.st_size, facts.st_mtime_ns) == (was["size"], was["changed"]):
                continue
            same = facts.st_size == was["size"] and _digest(path, facts.st_size) == was["digest"]
        except OSError as error:
            raise Refusal(f"The image {where} cannot be read ({error.strerror}): put it back there, then start the VM") from None
        if not same:
            raise Refusal(f"The image {where} was replaced or changed since the VM was made (it had {was['size']} bytes, now"
                          f" {facts.st_size}), and the disk would be damaged: put the old one back there, then start the VM; give the"
                          " new one another name")


def _known(folder):
    try:
        with open(os.path.join(folder.path, FILE), encoding="utf-8") as file:
            return json.load(file)
    except (FileNotFoundError, ValueError):
        return {}


def _like(path):
    facts = os.stat(path)
    return {"size": facts.st_size, "changed": facts.st_mtime_ns, "digest": _digest(path, facts.st_size)}


def _digest(path, size):
    """Of all of a small file, and of blocks from all over a large one, so that it takes no time to speak of."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for number in range(BLOCKS):
            file.seek(max(0, size - BLOCK) * number // (BLOCKS - 1))
            digest.update(file.read(BLOCK))
    return digest.hexdigest()
