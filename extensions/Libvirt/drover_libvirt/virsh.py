"""Runs virsh."""

import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

from .refusal import Refusal
from .uri import connection

REMEDIES = {
    "failed to connect to the hypervisor": "start libvirtd there, or correct the detail uri of the host",
    "Storage pool not found": "define and start the pool (virsh pool-define-as, pool-start), or correct the detail pool",
    "is not active": "start it (virsh pool-start or net-start)",
    "Network not found": "define the network (virsh net-define), or correct the details network, vlan_network or network_mode",
    "network 'default'": "start it (virsh net-start), or correct the detail network",
    "Cannot get interface MTU": "make the bridge on the host, or correct the details network_bridge and vlan_bridge",
    "bridge helper": "allow the bridge in /etc/qemu/bridge.conf of the host, or correct the detail network_bridge",
    "Cannot access storage file": "what the VM's disk builds upon, or its ISO, is missing or cannot be read there; put it back",
    "Cannot access backing file": "what the VM's disk builds upon is missing or cannot be read there; put it back",
    "Could not open backing file": "what the VM's disk builds upon is missing or cannot be read there; put it back",
    "Cannot allocate memory": "the host has too little memory left; take a smaller offering or another host",
    "No space left": "the pool's disk is full; delete something",
    "IDE controllers are unsupported": "set the detail disk_bus to sata, or machine_type to pc",
    "virt type 'kvm'": "set the detail accelerator of the host to tcg, or give libvirt a working /dev/kvm",
    "KVM": "set the detail accelerator of the host to tcg, or give libvirt a working /dev/kvm",
    "Unable to find a free port": "all ports that libvirt may give to VNC are taken; widen remote_display_port_max in qemu.conf",
}


HARMLESS = ("domstate", "dominfo", "domuuid", "domstats", "domblkerror", "domcapabilities", "dumpxml", "list", "pool-info",
            "pool-list", "pool-dumpxml", "vol-path", "vol-name", "vol-dumpxml", "snapshot-list", "snapshot-dumpxml",
            "screenshot", "vncdisplay", "update-device", "vol-download", "vol-list", "pool-refresh")
"""Commands that change nothing, or nothing that could not be changed twice."""
QUICK = tuple(name for name in HARMLESS if name != "pool-refresh") + ("shutdown", "reset", "resume", "dompmwakeup")
"""Commands that are done at once where libvirtd and QEMU are well, so that nobody waits for them as long as for work."""
SECONDS = 40
"""That a quick command may take; libvirt itself waits 30 for a domain that something else is done to."""
MANY = 30
"""Names that one call of virsh is given."""
HUNG = re.compile(r"held by monitor=remoteDispatch(?:ConnectGetAllDomainStats|Domain(?:GetDiskErrors|Shutdown|Reset|Resume|PMWakeup"
                  r"|UpdateDevice|Screenshot|BlockStats|GetBlockInfo|MemoryStats))")
"""What libvirt says of a domain for which it still waits for QEMU's answer to a quick command."""
UNREACHED = re.compile(r"failed to connect to the hypervisor|failed to connect socket|unable to connect to server", re.IGNORECASE)
LASTING = re.compile(r"authenticat|permission denied|host key verification|not known|no such host|unsupported|invalid|certificate"
                     r"|no connection driver|unexpected|unknown", re.IGNORECASE)
"""Reasons why there is no connection that do not pass by themselves."""
LOST = re.compile(r"connection reset|connection refused|connection timed out|broken pipe|end of file while reading"
                  r"|client socket is closed|keepalive|cannot (?:recv|write) data|no route to host"
                  r"|temporary failure in name resolution", re.IGNORECASE)
LOCKED = re.compile(r"cannot acquire state change lock|timed out during operation|has asynchronous jobs running"
                    r"|another (?:\w+ )*(?:job|operation) is (?:in progress|running|active)|resource busy", re.IGNORECASE)


class Failed(Refusal):
    """virsh said no."""

    def __init__(self, command, words):
        self.words = words
        self.unreached = bool(UNREACHED.search(words))
        self.lost = bool(LOST.search(words)) and not self.unreached
        passes = self.lost or bool(LOCKED.search(words)) or self.unreached and not LASTING.search(words)
        remedy = next((advice for sign, advice in REMEDIES.items() if sign in words), "")
        super().__init__(f"virsh {command} failed: {words[-500:] or 'it said nothing'}" + (f": {remedy}" if remedy else ""),
                         passes)


class Silent(Refusal):
    """Nobody answered in the time that a quick command needs."""


class Virsh:
    """The libvirt that a request is for."""

    def __init__(self, request):
        self._deadline = request.deadline
        self._traces = request.traces
        self._uri = connection(request)
        self._program = shutil.which("virsh")
        if self._program is None:
            raise Refusal(f"virsh is not installed on {os.uname().nodename}: apt-get install libvirt-clients")

    def run(self, command, *words, given=None, script=None, most=None):
        """What virsh printed; what is given is its standard input, which /dev/stdin names. A script has the command many times.
        It may take as many seconds as are left, or at most these."""
        quick = command in QUICK and script is None
        seconds = self._deadline.left(SECONDS if quick else most)
        try:
            done = subprocess.run(
                [self._program, "-q", "-c", self._uri, *([script] if script else [command, *words])], input=(given or "").encode(), check=False,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds, start_new_session=False,
                env={**os.environ, "LC_ALL": "C"})
        except subprocess.TimeoutExpired:
            self._trace(command)
            if quick and not self._deadline.over():
                raise Silent(f"virsh {command} was not done within {SECONDS} seconds: look whether libvirtd at {self._uri} and the"
                             " VM's QEMU are stopped or overloaded, or stop the VM", passes=True) from None
            raise Refusal(f"virsh {command} was not done within the {self._deadline.seconds} seconds of this action:"
                          " look at libvirtd and the host's load, or give the action more time", passes=True) from None
        if done.returncode != 0:
            words = _errors(done.stderr)
            if HUNG.search(words):
                raise Silent(f"virsh {command} failed: {words[-300:]}: the VM's QEMU does not answer libvirt; look whether its process"
                             " is stopped or the host overloaded, or stop the VM", passes=True)
            failure = Failed(command, words)
            if failure.lost:
                self._trace(command)
            raise failure
        self._trace(command)
        return done.stdout.decode("utf-8", "replace").strip()

    def try_run(self, command, *words):
        """The same; nothing if virsh said no, but for reasons that pass."""
        try:
            return self.run(command, *words)
        except Failed as failure:
            if failure.passes:
                raise
            return None

    def xml(self, command, *words):
        """The XML that virsh printed."""
        return ElementTree.fromstring(self.run(command, *words))

    def xmls(self, command, names):
        """The XML of each of these that is there, with one connection for many."""
        found = []
        for first in range(0, len(names), MANY):
            script = [f"{command} -- {shlex.quote(name)}" for name in names[first:first + MANY]]
            printed = self.run(command, script="; ".join([*script, "hostname"]))
            found += ElementTree.fromstring(f"<all>{printed[:printed.rfind('>') + 1]}</all>")
        return found

    def refreshed(self, pool):
        """Looks anew what is in a pool, in half of the time that is left; whether that could be done, whatever the reason."""
        try:
            self.run("pool-refresh", pool, most=self._deadline.left() / 2)
            return True
        except Refusal:
            return False

    def state(self, domain, *words):
        """The domain's state in libvirt's words; nothing if there is no such domain."""
        try:
            return self.run("domstate", domain, *words)
        except Failed as failure:
            if failure.passes:
                raise
            if "Domain not found" in failure.words or "failed to get domain" in failure.words:
                return None
            raise

    def _trace(self, command):
        self._traces.begun = self._traces.begun or command not in HARMLESS


def _errors(text):
    lines = [line.replace("error: ", "", 1).strip() for line in text.decode("utf-8", "replace").splitlines()]
    return ". ".join(line for line in lines if line)
