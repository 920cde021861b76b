"""Which accelerator a host has. /dev/kvm being there says little, so one is tried."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time

from . import tools
from .request import choice

# The boot sector that probe.S makes: into 64-bit mode, a locked instruction, a long loop, and a word to the debug port.
PROBE = bytes.fromhex(
    "fafc31c08ed88ec08ed0bc007cbf0010b90018f3ab66c70600100320000066c70600200330000066c706003083000000"
    "66b8200000000f22e066b8001000000f22d866b9800000c00f32660d000100000f300f20c0660d010000800f22c00f01"
    "16a07cea687c080031c031d231db31c9bf00400000f0480fc70fb900e1f505ffc975fcb02ae6f4f4ebfd660f1f440000"
    "000000000000000000000000009a20000f00907c")
CACHE = "accelerator.json"
EMULATOR = "qemu-system-x86_64"
PASSED = 2 * 42 + 1
"""What QEMU ends with when the probe wrote 42."""

SECONDS = 5
HOUR = 3600


def accelerator(request, directory):
    """kvm or tcg: as the detail says, else as a trial found, made once after each boot of the host. A no holds for an hour."""
    wanted = choice("accelerator", request.site("accelerator", "auto"), ("auto", "kvm", "tcg"))
    if wanted != "auto":
        return wanted
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return "tcg"
    binary = tools.find(EMULATOR)
    key = [_boot(), binary, os.stat(binary).st_mtime, os.geteuid()]
    with open(os.path.join(directory, CACHE), "a+", encoding="utf-8") as cache:
        fcntl.flock(cache, fcntl.LOCK_EX)
        cache.seek(0)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            known = json.loads(cache.read())
            if known["key"] == key and (known["accelerator"] == "kvm" or time.time() - known["tried"] < HOUR):
                return known["accelerator"]
        found = "kvm" if works(binary, request.deadline) else "tcg"
        cache.truncate(0)
        json.dump({"key": key, "accelerator": found, "tried": int(time.time())}, cache)
    return found


def works(binary, deadline, name="kvm"):
    """Whether an accelerator boots the probe, and as fast as a processor would."""
    with tempfile.NamedTemporaryFile(suffix=".img") as disk:
        disk.write(PROBE.ljust(510, b"\0") + b"\x55\xaa")
        disk.flush()
        command = [
            binary, "-nodefaults", "-no-user-config", "-machine", f"pc,accel={name}", "-m", "16", "-display", "none",
            "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
            "-drive", f"file={disk.name},format=raw,if=ide"]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                timeout=deadline.left(SECONDS), check=False)
        except subprocess.TimeoutExpired:
            done = None
    passed = done is not None and done.returncode == PASSED
    if not passed:
        print(f"/dev/kvm is there, but a trial boot with {name} did not work; TCG is used", file=sys.stderr)
    return passed


def _boot():
    with contextlib.suppress(OSError), open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()
    return ""
