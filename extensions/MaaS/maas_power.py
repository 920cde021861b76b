"""Turning a machine on and off."""

import time

from maas_answers import record
from maas_contract import Refusal, log, number


def turn_on(call, api, machines, machine):
    """Turns the machine on and waits until it is."""
    machines.settle(lambda: power(api, machine) == "poweron",
                    lambda: api.post(machine.path, "power_on", comment="Drover starts it") or True,
                    f"{machine} could not be turned on")
    if not machines.wait(lambda: power(api, machine) == "poweron", 300):
        raise Refusal(f"{machine} was told to turn on but is not on. Look at its power settings in MAAS, then try again")


def turn_off(call, api, machines, machine):
    """Turns the machine off, gently for as long as the VM's details say, then hard; what was done, for a person."""
    grace = number(call.of_vm("graceful_stop_seconds"), "graceful_stop_seconds", 120, 0, 3600)
    if power(api, machine) == "poweroff":
        return f"{machine} is off already"
    begun = time.monotonic()
    for mode, seconds in (("soft", min(grace, call.seconds_left() / 2)), ("hard", 120)):
        waited = time.monotonic() - begun
        machines.settle(lambda: power(api, machine) == "poweroff",
                        lambda: api.post(machine.path, "power_off", stop_mode=mode, comment="Drover stops it") or True,
                        f"{machine} could not be turned off")
        if machines.wait(lambda: power(api, machine) == "poweroff", seconds):
            return f"{machine} was shut down" if mode == "soft" else (
                f"{machine} was turned off; it had not shut down within {waited:.0f} seconds")
        log(f"{machine} is still on after the {mode} way")
    raise Refusal(f"{machine} was told to turn off but is still on. Look at its power settings in MAAS, then try again")


def power(api, machine):
    """The power state that the machine's power controller tells, in Drover's words."""
    return word(record(api.get(machine.path, "query_power_state") or {}, "query_power_state").get("state"))


def word(state):
    """A power state of MAAS in Drover's words."""
    return {"on": "poweron", "off": "poweroff"}.get(str(state), "unknown")
