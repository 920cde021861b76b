"""Runs virsh."""

import os
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
    "Cannot allocate memory": "the host has too little memory left; take a smaller offering or another host",
    "No space left": "the pool's disk is full; delete something",
    "IDE controllers are unsupported": "set the detail disk_bus to sata, or machine_type to pc",
    "virt type 'kvm'": "set the detail accelerator of the host to tcg, or give libvirt a working /dev/kvm",
    "KVM": "set the detail accelerator of the host to tcg, or give libvirt a working /dev/kvm",
    "Unable to find a free port": "all ports that libvirt may give to VNC are taken; widen remote_display_port_max in qemu.conf",
}


class Failed(Refusal):
    """virsh said no."""

    def __init__(self, command, words):
        self.words = words
        remedy = next((advice for sign, advice in REMEDIES.items() if sign in words), "")
        super().__init__(f"virsh {command} failed: {words[-500:] or 'it said nothing'}" + (f": {remedy}" if remedy else ""))


class Virsh:
    """The libvirt that a request is for."""

    def __init__(self, request):
        self._deadline = request.deadline
        self._uri = connection(request)
        self._program = shutil.which("virsh")
        if self._program is None:
            raise Refusal(f"virsh is not installed on {os.uname().nodename}: apt-get install libvirt-clients")

    def run(self, command, *words, given=None):
        """What virsh printed; what is given is its standard input, which /dev/stdin names."""
        try:
            done = subprocess.run(
                [self._program, "-q", "-c", self._uri, command, *words], input=(given or "").encode(), check=False,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=self._deadline.left(), start_new_session=False,
                env={**os.environ, "LC_ALL": "C"})
        except subprocess.TimeoutExpired:
            raise Refusal(f"virsh {command} was not done within the {self._deadline.seconds} seconds of this action:"
                          " look at libvirtd and the host's load, or give the action more time") from None
        if done.returncode != 0:
            raise Failed(command, _errors(done.stderr))
        return done.stdout.decode("utf-8", "replace").strip()

    def try_run(self, command, *words):
        """The same; nothing if virsh said no."""
        try:
            return self.run(command, *words)
        except Failed:
            return None

    def xml(self, command, *words):
        """The XML that virsh printed."""
        return ElementTree.fromstring(self.run(command, *words))

    def state(self, domain):
        """The domain's state in libvirt's words; nothing if there is no such domain."""
        try:
            return self.run("domstate", domain)
        except Failed as failure:
            if "Domain not found" in failure.words or "failed to get domain" in failure.words:
                return None
            raise


def _errors(text):
    lines = [line.replace("error: ", "", 1).strip() for line in text.decode("utf-8", "replace").splitlines()]
    return ". ".join(line for line in lines if line)
