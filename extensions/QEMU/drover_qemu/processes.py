"""Finds and ends QEMU's processes. They are known by the pid file on their command line, never by a number alone."""

import contextlib
import os
import select
import signal


class Handle:
    """A process that cannot be mistaken for another one, even if its number is given anew."""

    def __init__(self, pid):
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)

    def is_stopped(self):
        """Whether a signal or a debugger has stopped it."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8", errors="replace") as file:
                return file.read().rpartition(")")[2].split()[0] in ("T", "t")
        except (OSError, IndexError):
            return False

    def kill(self):
        """Ends it without asking."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def wait(self, seconds):
        """Waits for its end; whether it came."""
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return bool(poll.poll(max(0, seconds) * 1000))

    def close(self):
        """Gives the handle back."""
        os.close(self._descriptor)


@contextlib.contextmanager
def process(folder):
    """The VM's process as a Handle, or nothing."""
    handle = _find(folder.pid_file)
    try:
        yield handle
    finally:
        if handle is not None:
            handle.close()


def running(folder):
    """Whether the VM has a process."""
    with process(folder) as handle:
        return handle is not None


def all_running():
    """The pid files of all QEMU processes, in one look."""
    return {path for path in (_pid_file(pid) for pid in _pids()) if path}


def _find(pid_file):
    with contextlib.suppress(OSError, ValueError):
        with open(pid_file, encoding="ascii") as file:
            handle = _open(int(file.read()), pid_file)
            if handle is not None:
                return handle
    for pid in _pids():
        if _pid_file(pid) == pid_file:
            handle = _open(pid, pid_file)
            if handle is not None:
                return handle
    return None


def _open(pid, pid_file):
    try:
        handle = Handle(pid)
    except OSError:
        return None
    if _pid_file(pid) == pid_file:
        return handle
    handle.close()
    return None


def _pids():
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def _pid_file(pid):
    """What stands behind -pidfile on the command line of a process; nothing for one that has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            words = file.read().split(b"\0")
        return os.fsdecode(words[words.index(b"-pidfile") + 1])
    except (OSError, ValueError, IndexError):
        return ""
