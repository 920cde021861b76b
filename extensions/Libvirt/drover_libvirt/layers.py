"""Which files of a pool are a VM's own: those that its disk is made of, bear its name, and are used by nothing else."""

import os
import re


def of(virsh, pool, vm, top):
    """The paths of the volumes that go with the VM, in the order in which they can be deleted, and those of its name that stay.

    top is the disk that the VM has, wherever it is. What is begun by its id, but is not below the disk, somebody else has put there.
    """
    paths = [re.split(r"\s{2,}", line.strip())[-1] for line in virsh.run("vol-list", pool).splitlines() if line.strip()]
    named = [path for path in paths if os.path.basename(path).startswith(vm + ".")]
    if not named:
        return [], []
    below = {volume.findtext("target/path"): _plain(volume.findtext("backingStore/path"))
             for volume in virsh.xmls("vol-dumpxml", paths)}
    first = next((path for path in named if os.path.basename(path) == vm + ".qcow2"), None)
    chain = _chain(_plain(top), below)
    if (not chain or chain[0] not in below) and first and first not in chain:
        chain += _chain(first, below)
    used = {base for path, base in below.items() if path not in chain} | _disks_of_others(virsh, vm)
    own = chain[:next((place for place, path in enumerate(chain) if path in used and path in named), len(chain))]
    going = [path for path in reversed(own) if path in named]
    return going, [path for path in named if path not in going]


def _chain(path, below):
    chain = []
    while path and path not in chain:
        chain.append(path)
        path = below.get(path)
    return chain


def _disks_of_others(virsh, vm):
    domains = virsh.run("list", "--all", "--uuid").split()
    others = [domain for domain in domains if domain.lower() != vm.lower()]
    return {_plain(source.get("file")) for domain in virsh.xmls("dumpxml", others) for source in domain.iter("source")}


def _plain(path):
    return os.path.normpath(path) if path else None
