"""Runs other programs."""

import os
import shutil
import subprocess

from .refusal import Refusal

PACKAGES = {"qemu-img": "qemu-utils", "ip": "iproute2"}


def find(name):
    """The path of a program, which must be there."""
    path = shutil.which(name)
    if path is None:
        package = PACKAGES.get(name, "qemu-system-x86")
        raise Refusal(f"{name} is not installed on {os.uname().nodename}: apt-get install {package}")
    return path


def run(deadline, *command, cwd=None):
    """What a program printed. A failure is a Refusal with the program's last words."""
    command = (find(command[0]),) + command[1:]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
            timeout=deadline.left(), check=False)
    except subprocess.TimeoutExpired:
        raise Refusal(f"{os.path.basename(command[0])} was not done within the {deadline.seconds} seconds"
                      " of this action: look at the load of the host and its disks, or give the action more time") from None
    if done.returncode != 0:
        raise Failed(os.path.basename(command[0]), done.returncode, done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "replace")


class Failed(Refusal):
    """A program said no."""

    def __init__(self, program, code, words):
        self.code = code
        self.words = words
        super().__init__(f"{program} failed: {words[-600:] or 'it said nothing'}")
