"""What the payload says, checked: where Proxmox is, which VM is meant and how it shall be made."""
import re
from urllib.parse import urlsplit

import ways
from problems import Problem
from values import Endpoint, mapping, number

VM = "virtualmachine"
PLACES = ("host", "resourcemap", "extension")
WISHES = (VM,) + PLACES
INTERNAL_NAME = re.compile(r"[a-z][a-z0-9]{0,15}-\d+-\d+-VM", re.IGNORECASE)
OS_TYPES = ("other", "wxp", "w2k", "w2k3", "w2k8", "wvista", "win7", "win8", "win10", "win11", "l24", "l26", "solaris")


class Settings:
    """The details and the VM of one call. Details of the VM never choose server, node, bridge or pool."""

    def __init__(self, payload):
        self._levels = mapping(payload.get("externaldetails"), "externaldetails")
        self._vm = mapping(payload.get("cloudstack.vm.details"), "cloudstack.vm.details")
        self._payload = payload
        self.expunging = self._vm.get("state") == "Expunging"  # what is done belongs to the VM's deletion
        self.parameters = mapping(payload.get("parameters"), "parameters")
        self.secret = self._required("secret")
        self.node = self._required("node", r"[A-Za-z0-9][A-Za-z0-9-]*", "a node's name as the cluster shows it, such as pve1")

    # --- where -------------------------------------------------------------------------------------------------------

    def endpoint(self):
        """The address of the API with the token."""
        ways.keep(self._levels, "secret", "url", "verify_tls_certificate")
        url = self._required("url")
        parts = urlsplit(url if "://" in url else "https://" + url)
        try:
            host, port = parts.hostname, parts.port or 8006
        except ValueError:
            host = None
        if parts.scheme != "https" or not host or "@" in parts.netloc or parts.query or parts.fragment or parts.path.rstrip("/") not in ("", "/api2/json"):
            raise Problem("The detail url is %s: it must be https://<host> or https://<host>:<port>"
                          % ("not an address of Proxmox" if "@" in url else url))
        user = self._required("user", r"[^\s:!/=]+@[A-Za-z][\w.-]*", "a user with its realm, such as drover@pve")
        token = self._required("token").split("!")[-1]
        if not re.fullmatch(r"[A-Za-z][\w.-]*", token):
            raise Problem("The detail token must be the id of an API token, such as drover; the secret belongs in the detail secret")
        if not re.fullmatch(r"[\x21-\x7e]+", self.secret):
            raise Problem("The detail secret has characters that no API token has: copy it again")
        return Endpoint(host, port, "PVEAPIToken=%s!%s=%s" % (user, token, self.secret),
                        self._flag("verify_tls_certificate", True, PLACES))

    @property
    def bridge(self):
        """The bridge for NICs."""
        return self._required("network_bridge", r"[A-Za-z][\w.-]*", "a bridge of the node, such as vmbr0")

    @property
    def pool(self):
        """The resource pool of new VMs, or None."""
        return self._checked("pool", PLACES, r"\w[\w.-]*(/\w[\w.-]*)*", "the name of a resource pool")

    # --- which VM ----------------------------------------------------------------------------------------------------

    @property
    def vm_id(self):
        """Drover's id of the VM."""
        value = self._payload.get("virtualmachineid") or self._vm.get("uuid")
        if not isinstance(value, str) or not re.fullmatch(r"[0-9A-Za-z-]{1,64}", value):
            raise Problem("The payload names no VM: virtualmachineid must be its id")
        return value.lower()

    @property
    def internal_name(self):
        """Drover's unique name of the VM, such as i-2-7-VM."""
        value = self._payload.get("virtualmachinename") or self._vm.get("name")
        if not isinstance(value, str) or not re.fullmatch(r"[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?", value):
            raise Problem("The payload has no name for the VM that Proxmox takes: virtualmachinename is %r" % value)
        return value

    @property
    def name(self):
        """The VM's name in Proxmox."""
        allowed = r"[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?(\.[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?)*"
        name = self._checked("vm_name", (VM,), allowed, "a DNS name") or self.internal_name
        if INTERNAL_NAME.fullmatch(name) and name != self.internal_name:
            raise Problem("The detail vm_name is %s: it must not look like the internal name of another VM" % name)
        return name

    @property
    def vmid(self):
        """The number that prepare chose, or None."""
        value = str(mapping(self._vm.get("details"), "details").get("proxmox_vmid", "")).strip()
        return number(value, "proxmox_vmid", 100, 999999999) if value else None

    # --- how it is made ----------------------------------------------------------------------------------------------

    @property
    def cores(self):
        """Virtual CPUs."""
        return number(self._vm.get("cpus", 1), "cpus", 1, 8192)

    @property
    def memory_mib(self):
        """Memory in MiB."""
        size = self._vm.get("maxRam") or self._vm.get("minRam") or 0
        return number(size, "maxRam", 16 * 1024 * 1024, 2 ** 53) // (1024 * 1024)

    @property
    def from_iso(self):
        """Whether the VM begins with an ISO instead of a template."""
        kind = (self.detail("template_type", WISHES) or "template").lower()
        if kind not in ("template", "iso"):
            raise Problem("The detail template_type is %s: it must be template or iso" % kind)
        return kind == "iso"

    @property
    def template_id(self):
        """The number of the template in Proxmox."""
        return number(self._required("template_id", levels=WISHES), "template_id", 100, 999999999)

    @property
    def iso(self):
        """The volume of the ISO."""
        return self._required("iso_path", r"[A-Za-z][\w.-]*:iso/[^\s,;=/]+", "<storage>:iso/<file>", WISHES)

    @property
    def full_clone(self):
        """Whether the disks of the template are copied."""
        return self._flag("is_full_clone", False, WISHES)

    @property
    def storage(self):
        """The storage for disks, or None for the default."""
        return self._checked("storage", WISHES, r"[A-Za-z][\w.-]*[A-Za-z0-9]", "the id of a storage of the node")

    @property
    def disk_gib(self):
        """The wished size of the first disk in GiB, or None."""
        value = self.detail("disk_size", WISHES)
        return None if value is None else number(re.sub(r"\s*(GiB|GB|G)$", "", value, flags=re.I), "disk_size", 1, 131072)

    @property
    def os_type(self):
        """The guest's kind for Proxmox, or None."""
        value = self.detail("os_type", WISHES)
        if value is not None and value not in OS_TYPES:
            raise Problem("The detail os_type is %s: Proxmox knows %s" % (value, ", ".join(OS_TYPES)))
        return value

    @property
    def shutdown_seconds(self):
        """How long a guest may take to shut down by itself."""
        return number(self.detail("shutdown_timeout", WISHES) or "60", "shutdown_timeout", 0, 86400)

    @property
    def nics(self):
        """The NICs as the payload has them."""
        nics = self._vm.get("nics") or []
        if not isinstance(nics, list) or not all(isinstance(nic, dict) for nic in nics):
            raise Problem("The payload's nics must be an array of objects")
        return nics

    @property
    def default_vlan(self):
        """The VLAN of the default NIC as the payload has it besides the NICs, or None."""
        return self.detail("cloudstack.vlan", (VM,))

    def verify(self):
        """Refuses every value that cannot be used, before anything is made."""
        for name in ("name", "cores", "memory_mib", "bridge", "pool", "storage", "disk_gib", "os_type", "full_clone", "nics"):
            getattr(self, name)

    # --- reading -----------------------------------------------------------------------------------------------------

    def detail(self, name, levels=PLACES):
        """The first value of a detail that is not blank, or None."""
        for level in levels:
            value = mapping(self._levels.get(level), level).get(name)
            if value is not None and str(value).strip():
                return str(value).strip()
        return None

    def _checked(self, name, levels, pattern, meaning):
        value = self.detail(name, levels)
        if value is not None and pattern and not re.fullmatch(pattern, value):
            raise Problem("The detail %s is %s: it must be %s" % (name, value, meaning))
        return value

    def _required(self, name, pattern=None, meaning=None, levels=PLACES):
        value = self._checked(name, levels, pattern, meaning)
        if value is None:
            where = "template, offering or VM" if VM in levels else "host or extension"
            raise Problem("The detail %s is missing: set it on the %s%s" % (name, where, " to " + meaning if meaning else ""))
        return value

    def _flag(self, name, default, levels):
        value = (self.detail(name, levels) or str(default)).lower()
        if value not in ("true", "false"):
            raise Problem("The detail %s is %s: it must be true or false" % (name, value))
        return value == "true"
