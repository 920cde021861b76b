"""Speaks QMP, the language of QEMU's control sockets."""

import itertools
import json
import os
import socket
import time

from .refusal import Refusal

CONTROL = "control.sock"
STATUS = "status.sock"


class QmpError(Refusal):
    """QEMU said no, or nothing."""


class Qmp:
    """A conversation with a running QEMU. A socket has one at a time: a second one waits, for as long as patience lasts."""

    def __init__(self, folder, patience, name=CONTROL):
        self._numbers = itertools.count()
        self._end = time.monotonic() + patience
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._connect(folder.path, name)
            self._lines = self._socket.makefile("rb")
            self._read()
            self.ask("qmp_capabilities")
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._lines.close()
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
        try:
            self._socket.settimeout(self._left())
            line = self._lines.readline()
        except OSError:
            raise QmpError("QEMU does not answer: look whether the host is overloaded, or stop the VM", passes=True) from None
        if not line:
            raise QmpError("QEMU has gone away", passes=True)
        return json.loads(line)

    def _left(self):
        return max(0.1, self._end - time.monotonic())
