"""delete, and the end of a domain."""

from . import disks, states
from .refusal import Refusal
from .virsh import Failed


def delete(request, virsh):
    """Ends the VM and deletes its disk with all snapshots. Nothing is ended that could not be deleted then."""
    if states.look(request, virsh).word is not None:
        left = remove(request, virsh, checked=True)
        return f"VM {request.name} was deleted{left}"
    told = f"There is no VM {request.name}"
    try:
        told += disks.delete(request, virsh)
    except Failed as failure:
        if "not active" not in failure.words:
            raise
        # a disk has had a domain from the beginning, so there is none
        told += f"; the pool {disks.pool(request)} is not started, so it was not looked into"
    other = states.namesake(request, virsh)
    return told + (f". {other}" if other else "")


def remove(request, virsh, checked=False):
    """Deletes all there is of the VM; the domain last, so that a disk that cannot be deleted now is not forgotten.
    What to say of a disk that is left."""
    state = states.look(request, virsh)
    described = None
    if state.word is not None:
        described = virsh.xml("dumpxml", "--inactive", request.id)
        if checked:
            disks.check_deletable(request, virsh, described)
        if not state.off:
            destroy(request, virsh)
    try:
        if described is None:
            return disks.delete(request, virsh)
        left = disks.delete_of(request, described, virsh)
        virsh.run("undefine", request.id, "--managed-save", "--snapshots-metadata", "--checkpoints-metadata", "--nvram")
    except Failed as failure:
        if checked and not state.off:
            raise Refusal(f"VM {request.name} is off now, but could not be deleted: {failure}", failure.passes) from None
        raise
    return left


def destroy(request, virsh):
    """Switches the domain off."""
    try:
        virsh.run("destroy", request.id)
    except Failed:
        if not states.look(request, virsh).off:
            raise
