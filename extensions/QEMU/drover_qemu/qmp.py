"""Speaks QMP, the language of QEMU's control sockets."""

import itertools
import json
import os
import select
import socket
import time

from . import processes
from .refusal import Refusal

CONTROL = "control.sock"
STATUS = "status.sock"
GREETING = 15
"""Seconds in which a QEMU that is well greets, however long the work may take then."""
LOOK = 1
"""Seconds of silence after which it is looked whether the process was stopped."""


class QmpError(Refusal):
    """QEMU said no, or nothing."""


class Qmp:
    """A conversation with a running QEMU. A socket has one at a time: a second one waits, for as long as patience lasts."""

    def __init__(self, folder, patience, name=CONTROL):
        self._numbers = itertools.count()
        self._folder = folder
        self._rest = b""
        self.patience(min(patience, GREETING))
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._must_go_on(LOOK)
            self._connect(folder.path, name)
            self._read()
            self.ask("qmp_capabilities")
            self.patience(patience)
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def patience(self, seconds):
        """Sets anew how long answers are waited for, all in all."""
        self._end = time.monotonic() + seconds

    def ask(self, command, **arguments):
        """What QEMU returns for a command."""
        number = next(self._numbers)
        wish = {"execute": command, "id": number}
        if arguments:
            wish["arguments"] = {key.replace("_", "-"): value for key, value in arguments.items()}
        self._write(wish)
        while True:
            answer = self._read()
            if answer.get("id") == number:
                if "error" in answer:
                    raise QmpError(f"QEMU refused {command}: {answer['error'].get('desc')}")
                return answer.get("return")

    def job(self, command, **arguments):
        """Runs a command that goes on in the background to its end."""
        name = f"drover-{os.getpid()}"
        self.ask(command, job_id=name, **arguments)
        while True:
            job = next(job for job in self.ask("query-jobs") if job["id"] == name)
            if job["status"] == "concluded":
                break
            time.sleep(0.02)
        self.ask("job-dismiss", id=name)
        if job.get("error"):
            raise QmpError(f"QEMU refused {command}: {job['error']}")

    def _connect(self, directory, name):
        # Socket paths have 107 bytes at most; this one is short however long the directory's is.
        descriptor = os.open(directory, os.O_PATH | os.O_DIRECTORY)
        try:
            self._socket.settimeout(self._left())
            self._socket.connect(f"/proc/self/fd/{descriptor}/{name}")
        except OSError as error:
            raise QmpError(f"QEMU's socket {directory}/{name} does not answer ({error})", passes=True) from None
        finally:
            os.close(descriptor)

    def _write(self, wish):
        try:
            self._socket.sendall(json.dumps(wish).encode() + b"\n")
        except OSError as error:
            raise QmpError(f"QEMU has gone away ({error})", passes=True) from None

    def _read(self):
        while b"\n" not in self._rest:
            self._wait()
            try:
                arrived = self._socket.recv(1 << 16)
            except OSError:
                arrived = b""
            if not arrived:
                raise QmpError("QEMU has gone away", passes=True)
            self._rest += arrived
        line, _, self._rest = self._rest.partition(b"\n")
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise QmpError(f"What answers at {self._folder.path} is not QEMU: it says {line[:100]!r}")
        return said

    def _wait(self):
        """Until something arrives. A process that was stopped is not waited for."""
        while not select.select([self._socket], [], [], min(LOOK, self._left()))[0]:
            if time.monotonic() >= self._end:
                raise QmpError("QEMU does not answer: look whether the host is overloaded, or stop the VM", passes=True)
            self._must_go_on(0)

    def _must_go_on(self, patience):
        """Refuses to wait for a process that was stopped; one that goes on again at once is none."""
        with processes.process(self._folder) as handle:
            if handle is not None and handle.is_stopped():
                time.sleep(patience)
                if handle.is_stopped():
                    raise QmpError(f"QEMU's process {handle.pid} on {os.uname().nodename} was stopped and does not answer:"
                                   f" let it go on (kill -CONT {handle.pid}), or stop the VM", passes=True)

    def _left(self):
        return max(0.1, self._end - time.monotonic())
