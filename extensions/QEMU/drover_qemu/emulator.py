"""Starts and ends the QEMU of a VM. It runs in a session of its own and outlives this program; what it says goes to qemu.log."""

import contextlib
import os
import subprocess

from . import bases, machine, network, processes, tools
from .accelerator import EMULATOR
from .deadline import wait_until
from .qmp import CONTROL, Qmp, QmpError
from .refusal import Refusal

LOG = "qemu.log"


def boot(folder, planned, deadline, password):
    """Starts the VM's QEMU, gives it its password and its bridges, and lets it go on. Nothing runs if it fails."""
    bases.check(folder)
    process = _spawn(folder, planned)
    try:
        with _first_word(folder, process, deadline) as qmp:
            if password:
                qmp.ask("set_password", protocol="vnc", password=password)
            network.attach(deadline, planned["nics"])
            qmp.ask("cont")
    except QmpError as error:
        process.kill()
        process.wait()
        words = _last_words(folder) or str(error)
        raise Refusal(f"QEMU does not start: {_remedy(words, planned)}", passes=LOCK in words) from None
    except BaseException:
        process.kill()
        process.wait()
        raise


def end(folder):
    """Ends the VM's QEMU for certain: quit, and KILL if that does not help."""
    with processes.process(folder) as handle:
        if handle is None:
            return
        with contextlib.suppress(QmpError):
            with Qmp(folder, 2) as qmp:
                qmp.ask("quit")
        if not handle.wait(5):
            handle.kill()
            if not handle.wait(10):
                raise Refusal(f"QEMU's process {handle.pid} on {os.uname().nodename} cannot be ended:"
                              " look at the host's disks, a process that waits for one cannot be")


def _spawn(folder, planned):
    for name in (CONTROL, os.path.basename(folder.pid_file)):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(folder.path, name))
    command = machine.command(folder, planned)
    with open(os.path.join(folder.path, LOG), "wb") as log:
        return subprocess.Popen(
            [tools.find(EMULATOR)] + command[1:], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder.path,
            start_new_session=True)


def _first_word(folder, process, deadline):
    """The conversation with a QEMU that has just been started."""
    socket = os.path.join(folder.path, CONTROL)
    if not wait_until(deadline, lambda: process.poll() is not None or os.path.exists(socket)) or process.poll() is not None:
        raise QmpError("it ended at once" if process.poll() is not None else "its socket does not appear")
    while True:
        try:
            return Qmp(folder, deadline.left(60))
        except QmpError:
            if process.poll() is not None or deadline.over():
                raise
            wait_until(deadline, lambda: True)


def _last_words(folder):
    with contextlib.suppress(OSError), open(os.path.join(folder.path, LOG), encoding="utf-8", errors="replace") as log:
        lines = [line for line in log.read()[-4000:].splitlines() if "warning:" not in line]
        return "\n".join(lines).strip()
    return ""


LOCK = 'Failed to get "write" lock'
REMEDIES = {
    "Failed to find an available port": "no port of vnc_ports is free; widen this detail of the host",
    "Address already in use": "no port of vnc_ports is free; widen this detail of the host",
    "Cannot assign requested address": "the host does not have the address of the detail vnc_bind; correct it",
    "Cannot allocate memory": "the host has too little memory left; take a smaller offering or another host",
    "phys-bits": "the host's processors cannot address so much memory; take a smaller offering",
    "cannot set up guest memory": "the host has too little memory left; take a smaller offering or another host",
    "failed to initialize kvm": "set the detail accelerator of the host to auto, or let the user of extensions use /dev/kvm",
    "Could not access KVM": "set the detail accelerator of the host to auto, or let the user of extensions use /dev/kvm",
    "Could not open backing file": "what the VM's disk builds upon is missing or cannot be read; put it back there",
    "No space left": "the disk of the host is full; free space there",
    LOCK: "something else uses the VM's disk; find it with lsof and end it",
    "seccomp": "this QEMU has no sandbox; set the detail sandbox of the host to false",
    "-sandbox": "this QEMU has no sandbox; set the detail sandbox of the host to false",
    "bridge helper": "allow the bridge in /etc/qemu/bridge.conf (allow NAME), or set network_mode to tap",
    "/dev/net/tun": "network_mode tap needs root or CAP_NET_ADMIN; use bridge or user",
    "CPU model": "correct the detail cpu_model; qemu-system-x86_64 -cpu help lists the models",
}


def _remedy(words, planned):
    """QEMU's own words, after what to do about them where that is known."""
    for sign, remedy in REMEDIES.items():
        if sign in words:
            return f"{remedy} (VM {planned['name']}: {words[-300:]})"
    return words[-500:]
