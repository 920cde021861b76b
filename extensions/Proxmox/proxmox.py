#!/usr/bin/env python3
"""Drover's extension for Proxmox VE. Usage: proxmox.py <verb> <payload file> <timeout seconds>"""
import json
import signal
import sys

sys.dont_write_bytecode = True

from answers import named, number  # noqa: E402
from api import Api  # noqa: E402
from creation import Creation  # noqa: E402
from machines import Machines  # noqa: E402
from deletion import Deletion  # noqa: E402
from power import Power  # noqa: E402
from problems import Cancelled, Problem, Traces  # noqa: E402
from settings import Settings  # noqa: E402
from snapshots import Snapshots  # noqa: E402
from work import Work  # noqa: E402

MASK = "******"


class Call:
    """One run of the program: a verb for a VM."""

    def __init__(self, settings, seconds, traces):
        margin = min(10.0, seconds * 0.1)
        usable = max(1.0, seconds - margin)
        self.endpoint = settings.endpoint()
        self.settings = settings
        self.api = Api(self.endpoint, usable, reserve=min(60.0, usable * 0.3), traces=traces)
        self.machines = Machines(self.api, settings)
        self.work = Work(self.api)
        self.power = Power(self.api, settings, self.machines, self.work)
        self.deletion = Deletion(self.api, self.machines, self.work, self.power)
        self.creation = Creation(self.api, settings, self.machines, self.work, self.power, self.deletion)
        self.snapshots = Snapshots(settings, self.machines, self.work, self.power, self.api)

    def all_the_time(self):
        """The call cleans nothing up, so it needs no reserve."""
        self.api.spend_reserve()
        return self

    def stop(self):
        """Stops the VM; one that shall be deleted next only if it can be."""
        return self.power.stop(self.deletion.must_be_deletable if self.settings.expunging else None)

    def console(self):
        """A port of the server for VNC with a ticket as its password, good for one connection within seconds."""
        machine = self.power.needed()
        if not self.power.is_running(machine):
            raise Problem("%s does not run, so it has no console: start it first" % machine)
        path = machine.path + "/vncproxy"
        proxy = named(self.api.repeat("POST", path), path, "port", "ticket")
        return {"host": self.endpoint.host, "port": number(proxy["port"], path), "password": proxy.get("password") or proxy["ticket"],
                "passwordonetimeuseonly": True, "protocol": "vnc"}


VERBS = {
    "prepare": lambda call: call.all_the_time().creation.prepare(),
    "create": lambda call: told(call.creation.create()),
    "deploy": lambda call: told(call.creation.create()),
    "start": lambda call: told(call.all_the_time().power.start()),
    "stop": lambda call: told(call.all_the_time().stop()),
    "reboot": lambda call: told(call.all_the_time().power.reboot()),
    "delete": lambda call: told(call.all_the_time().deletion.delete()),
    "status": lambda call: dict(call.all_the_time().power.status(), status="success"),
    "statuses": lambda call: {"status": "success", "power_state": call.all_the_time().power.statuses()},
    "getconsole": lambda call: {"status": "success", "console": call.all_the_time().console()},
    "listsnapshots": lambda call: shown(call.all_the_time().snapshots.list()),
    "createsnapshot": lambda call: shown(call.all_the_time().snapshots.create()),
    "restoresnapshot": lambda call: shown(call.all_the_time().snapshots.restore()),
    "deletesnapshot": lambda call: shown(call.all_the_time().snapshots.delete()),
}


def told(message):
    """A success that only the record shows."""
    return {"status": "success", "message": message}


def shown(message):
    """A success whose message the caller of a custom action sees."""
    return {"status": "success", "printmessage": "true", "message": message}


def read(path):
    """The payload."""
    try:
        with open(path, encoding="utf-8") as file:
            payload = json.load(file)
    except OSError as failure:
        raise Problem("The payload %s cannot be read (%s): pass a readable JSON file" % (path, failure.strerror)) from failure
    except (ValueError, RecursionError) as failure:
        raise Problem("The payload %s is not JSON: pass the payload that the contract describes" % path) from failure
    if not isinstance(payload, dict):
        raise Problem("The payload %s is not a JSON object: pass the payload that the contract describes" % path)
    return payload


def run(arguments, secrets, traces):
    """Carries the verb out and says what to answer."""
    if len(arguments) != 3 or not arguments[2].isdigit():
        raise Problem("Usage: proxmox.py <verb> <payload file> <timeout in seconds>")
    verb = VERBS.get(arguments[0].lower())
    if verb is None:
        raise Problem("Unknown action %s: this extension knows %s" % (arguments[0], ", ".join(sorted(VERBS))))
    settings = Settings(read(arguments[1]))
    secrets.append(settings.secret)
    return verb(Call(settings, max(1, int(arguments[2])), traces))


def cancelled(*_):
    """Ends the call at TERM; create still cleans up, for the few seconds that are left."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Cancelled("The call was ended from outside, by its timeout or because the operation was cancelled")


def main(arguments):
    """Prints one JSON object and says the exit code."""
    secrets, traces = [], Traces()
    signal.signal(signal.SIGTERM, cancelled)
    try:
        code, answer = 0, run(arguments, secrets, traces)
    except Problem as problem:
        code, answer = problem.answer(arguments[0].lower() if arguments else "", traces)
    except Exception as failure:  # a fault of this program or an answer of a shape that no documentation has
        code, answer = Problem("Proxmox answered something unexpected (%s: %s): look whether its version is supported, and at "
                               "the tasks of the node" % (type(failure).__name__, failure)).answer("", traces)
    text = json.dumps(answer)
    for secret in filter(lambda value: len(value) > 5, secrets):
        text = text.replace(json.dumps(secret)[1:-1], MASK)
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
