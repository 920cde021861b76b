"""Where VMs are kept: DIRECTORY/<id>/ with a record, a disk and sockets, and DIRECTORY/<id>.lock while something is done."""

import contextlib
import errno
import fcntl
import json
import os
import shutil

from . import places
from .deadline import wait_until
from .refusal import Refusal

RECORD = "vm.json"
DISK = "disk.qcow2"
LOCK = ".lock"


class Folder:
    """The directory of one VM."""

    def __init__(self, directory, vm):
        self.directory = directory
        self.id = vm
        self.path = os.path.join(directory, vm)
        self.disk = os.path.join(self.path, DISK)
        self.pid_file = os.path.join(self.path, "qemu.pid")

    def exists(self):
        """Whether there is anything of the VM."""
        return os.path.isdir(self.path)

    def record(self):
        """What is remembered of the VM; nothing if it was never begun."""
        try:
            with open(os.path.join(self.path, RECORD), encoding="utf-8") as file:
                return json.load(file)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError) as error:
            raise Refusal(f"{self.path}/{RECORD} cannot be read ({error}): mend it, or delete the VM") from None

    def remember(self, record):
        """Replaces the record at once."""
        draft = os.path.join(self.path, RECORD + ".new")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, os.path.join(self.path, RECORD))

    def is_complete(self):
        """Whether the VM's creation came to its end."""
        return not self.stranger() and self.record().get("created", False)

    def must_be_complete(self):
        """Refuses what needs a VM that is there."""
        if not self.is_complete():
            raise Refusal(f"There is no VM {self.id} in {self.directory} on {os.uname().nodename}: deploy it first,"
                          f" or set the detail directory of the host to where it is{self.stranger()}")

    def stranger(self):
        """What to say of a directory with the VM's name that Drover did not make for it; empty if there is none such."""
        if not self.exists() or os.path.realpath(self.path) == self.path and not set(os.listdir(self.path)) - {RECORD + ".new"}:
            return ""
        try:
            record = self.record()
        except Refusal:
            return ""
        ours = isinstance(record, dict) and "created" in record and record.get("id", self.id) == self.id
        if ours and os.path.realpath(self.path) == self.path:
            return ""
        return f"; {self.path} on {os.uname().nodename} is there, but Drover did not make it for this VM: it was left alone"

    def is_ours(self):
        """Whether there is anything of the VM that Drover made for it."""
        with contextlib.suppress(FileNotFoundError):  # it may be deleted meanwhile
            return self.exists() and not self.stranger()
        return False

    def must_be_ours(self):
        """Refuses to make a VM where something else is."""
        if self.stranger():
            raise Refusal(f"The VM cannot be made{self.stranger()}. Move it away, then deploy again")

    def must_be_deletable(self):
        """Refuses what could not be deleted when the VM is off already."""
        probe = os.path.join(self.path, ".probe")
        for place in (self.directory, self.path):
            if not os.access(place, os.W_OK | os.X_OK):
                raise Refusal(f"{place} on {os.uname().nodename} cannot be written, so the VM could not be deleted and was left"
                              " as it is: make it writable to the user that Drover runs extensions as")
        try:
            with open(probe, "wb"):
                pass
            os.unlink(probe)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise Refusal(f"{self.path} on {os.uname().nodename} cannot be changed ({error.strerror}), so the VM could not be"
                              " deleted and was left as it is: look at its attributes and its file system") from None

    def make(self):
        """Makes the directory, empty."""
        self.remove()
        os.makedirs(self.path, mode=0o700)

    def remove(self):
        """Deletes all there is of the VM."""
        shutil.rmtree(self.path, ignore_errors=True)
        if os.path.lexists(self.path):
            raise Refusal(f"{self.path} cannot be deleted: look at its owner and at what holds it, then try again")

    @contextlib.contextmanager
    def locked(self, deadline, keep=True):
        """Alone with the VM; others wait. Without keep, no trace of the lock is left where the VM is gone."""
        path = self.path + LOCK
        descriptor = _lock(path, deadline)
        try:
            yield
        finally:
            if not keep or not self.exists():
                with contextlib.suppress(OSError):
                    os.unlink(path)
            os.close(descriptor)


def _lock(path, deadline):
    found = []
    if not wait_until(deadline, lambda: _try_lock(path, found)):
        raise Refusal(f"Something else is being done to this VM (it holds {path}): wait until it is over and try again",
                      passes=True)
    return found[0]


def _open(path):
    """The file of the lock; where none can be made, as the file system is read-only or full, the VM's directory does as well."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT):
            raise
        other = path if os.path.exists(path) else path[:-len(LOCK)]
        if not os.path.exists(other):
            raise
        return os.open(other, os.O_RDONLY)


def _try_lock(path, found):
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_ino == os.stat(path if os.path.exists(path) else path[:-len(LOCK)]).st_ino:
            found.append(descriptor)
            return True
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(descriptor)
    return False


def directory(request, make=True):
    """The absolute path of the directory of all VMs. It is made if it is missing; without make nothing is, nor need it be usable."""
    default = "/var/lib/drover-qemu" if os.geteuid() == 0 else os.path.expanduser("~/drover-qemu")
    path = request.site("directory", default)
    if not os.path.isabs(path) or "," in path:
        raise Refusal(f"The detail directory is {path!r}: it must be an absolute path without commas")
    if path != default:
        places.inside("directory", path, "vms")
    if not make:
        return os.path.realpath(path)
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refusal(f"The directory {path} cannot be made on {os.uname().nodename} ({error.strerror}):"
                      " make it, or set the detail directory of the host") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise Refusal(f"The directory {path} on {os.uname().nodename} cannot be written:"
                      " give it to the user that Drover runs extensions as, or set the detail directory")
    return os.path.realpath(path)


def known(path):
    """The folders of all VMs in a directory."""
    if not os.path.isdir(path):
        return []
    with os.scandir(path) as entries:
        return [Folder(path, entry.name) for entry in entries if entry.is_dir(follow_symlinks=False)]
