"""status and statuses."""

import re

STATES = {"running": "poweron", "idle": "poweron", "paused": "poweron", "in shutdown": "poweron", "pmsuspended": "poweron",
          "shut off": "poweroff", "crashed": "poweroff"}
NUMBERS = {"1": "poweron", "2": "poweron", "3": "poweron", "4": "poweron", "5": "poweroff", "6": "poweroff", "7": "poweron"}
ENTRY = re.compile(r"Domain: '(.*)'\s+state\.state=(\d+)")


def status(request, virsh):
    """The answer for one VM; unknown if it is not there."""
    return {"power_state": STATES.get(virsh.state(request.id), "unknown")}


def statuses(_, virsh):
    """The answer for all domains of this libvirt."""
    found = ENTRY.findall(virsh.run("domstats", "--state", "--raw"))
    return {"power_state": {name: NUMBERS.get(number, "unknown") for name, number in found}}
