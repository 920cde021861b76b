"""What Drover asks for: the payload, and the details in it."""

import re

from .refusal import Refusal, Traces

ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,62}")
NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z._-]{0,62}")
SIZE = re.compile(r"(\d{1,12})\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


class Request:
    """One call: its verb, its payload and the time it has."""

    def __init__(self, verb, payload, deadline):
        if not isinstance(payload, dict):
            raise Refusal("The payload is not a JSON object: pass the payload that the contract describes")
        self.verb = verb
        self.payload = payload
        self.deadline = deadline
        self.traces = Traces()
        self.machine = _object(payload, "cloudstack.vm.details")
        self._levels = _object(payload, "externaldetails")

    @property
    def id(self):
        """The VM's id, fit for the name of a directory."""
        value = str(self.payload.get("virtualmachineid") or self.machine.get("uuid") or "")
        if not value:
            raise Refusal(f"The payload names no VM: {self.verb} needs virtualmachineid")
        if not ID.fullmatch(value):
            raise Refusal(f"The VM's id {value!r} is no id: pass a UUID")
        return value

    @property
    def name(self):
        """The VM's internal name."""
        value = str(self.payload.get("virtualmachinename") or self.machine.get("name") or self.id)
        if not NAME.fullmatch(value):
            raise Refusal(f"The VM's name {value!r} must be 1 to 63 letters, digits or . _ -")
        return value

    def must_name_vm(self):
        """Refuses a payload without a usable id and name of a VM."""
        return self.id, self.name

    @property
    def vnc_password(self):
        """The VM's, cut to the 8 characters that VNC looks at; empty if it has none."""
        return str(self.machine.get("vncPassword") or "")[:8]

    @property
    def expunging(self):
        """Whether what is asked for belongs to the VM's deletion."""
        return self.machine.get("state") == "Expunging"

    def nics(self):
        """The VM's NICs; empty with verbs that are not told of them."""
        nics = self.machine.get("nics")
        return [nic for nic in nics if isinstance(nic, dict)] if isinstance(nics, list) else []

    def site(self, key, default=""):
        """A detail that only host, cluster and extension have, in this order."""
        return self._first(("host", "resourcemap", "extension"), key, default)

    def wish(self, key, default=""):
        """A detail that the VM, its template or its offering may have besides host, cluster and extension."""
        return self._first(("virtualmachine", "host", "resourcemap", "extension"), key, default)

    def parameter(self, key, pattern, allowed):
        """A parameter of a custom action that has to look like the pattern."""
        value = str(_object(self.payload, "parameters").get(key) or "")
        if not value:
            raise Refusal(f"The parameter {key} is missing: pass {allowed}")
        if not re.fullmatch(pattern, value):
            raise Refusal(f"The parameter {key} is {value!r}: pass {allowed}")
        return value

    def _first(self, levels, key, default):
        for level in levels:
            value = _object(self._levels, level).get(key)
            if value is not None and str(value).strip():
                return str(value).strip()
        return default


def _object(holder, key):
    value = holder.get(key)
    if value is not None and not isinstance(value, dict):
        raise Refusal(f"{key} of the payload is not a JSON object: pass the payload that the contract describes")
    return value or {}


def flag(key, value):
    """A detail that is true or false."""
    if value.lower() not in ("true", "false"):
        raise Refusal(f"The detail {key} is {value!r}: it must be true or false")
    return value.lower() == "true"


def whole(key, value, least, most):
    """A detail that is a whole number between two bounds."""
    if not re.fullmatch(r"\d{1,18}", str(value)) or not least <= int(value) <= most:
        raise Refusal(f"The detail {key} is {str(value)!r}: it must be a whole number from {least} to {most}")
    return int(value)


def size(key, value):
    """Bytes of a detail such as 20G or 512M."""
    match = SIZE.fullmatch(value)
    if not match or int(match[1]) == 0:
        raise Refusal(f"The detail {key} is {value!r}: it must be a size such as 20G or 512M")
    return int(match[1]) * UNITS[match[2].upper()]


def choice(key, value, options):
    """A detail that is one of a few words."""
    if value not in options:
        raise Refusal(f"The detail {key} is {value!r}: it must be one of {', '.join(options)}")
    return value


def word(key, value, pattern, allowed):
    """A detail that has to look like the pattern."""
    if not re.fullmatch(pattern, value):
        raise Refusal(f"The detail {key} is {value!r}: it must be {allowed}")
    return value
