#!/usr/bin/env python3
"""@NAME@: drives the VMs of one external system for Drover.

    @ENTRY@ <verb> <payload file> <timeout in seconds>

Verbs:    prepare create start stop reboot delete status statuses, and the custom actions of extension.yaml
Payload:  a JSON document; "virtualmachineid" and "virtualmachinename" name the VM, "cloudstack.vm.details" describes it
          (cpus, maxRam in bytes, nics, ...), "externaldetails" holds what was configured for the extension, the cluster
          mapping, the host and the VM, "parameters" those of a custom action. It is removed after the run.
Answer:   one JSON document on standard output, nothing else. Write what people should read to standard error (log), but
          no secrets.
Result:   exit code 0 for success; anything else, with {"status":"error","error":"..."}, for a failure. Where asking again
          later can help, the error has "retryable":true besides, and the exit code is 75.
Timeout:  the program and all it started are ended after that many seconds.

As it is, the program only remembers in files whether a VM is on. Replace the methods under "To be filled in".
"""

import json
import os
import re
import sys
from pathlib import Path

USAGE = "Usage: @ENTRY@ <verb> <payload file> <timeout in seconds>"


class Refusal(Exception):
    """A failure whose message the person is told who asked: what was wrong with which value, and what to do."""


class TryAgain(Refusal):
    """The external system is away or busy for a moment, and nothing was begun: Drover asks again as the diagram says."""


def log(text):
    """Goes on the action's record."""
    print(text, file=sys.stderr)


class Extension:
    """One call."""

    def __init__(self, payload, timeout):
        self.payload = payload
        self.timeout = timeout
        self.vm_name = str(payload.get("virtualmachinename", ""))
        self.state = self._state_directory()

    def detail(self, name, default=None):
        """A detail of the VM, else of the host, the mapping, the extension. Levels that are not there are left out."""
        levels = self.payload.get("externaldetails", {})
        for level in ("virtualmachine", "host", "resourcemap", "extension"):
            if name in levels.get(level, {}):
                return levels[level][name]
        return default

    # --- To be filled in ------------------------------------------------------------------------------------------------

    def prepare(self):
        """Before the first start. The answer is a patch on "cloudstack.vm.details": MAC or IP addresses of nics, the VNC
        password, or details to be kept with the VM, such as {"details": {"external_id": "103"}}. {} changes nothing."""
        return {}

    def create(self):
        """The first start: creates the VM and starts it. It is called again after a failure, so it must cope with what an
        earlier attempt left behind."""
        self._remember("poweron")
        return f"VM {self.vm_name} created"

    def start(self):
        """Starts a VM that was created before. One that runs is a success."""
        self._require_vm()
        self._remember("poweron")
        return f"VM {self.vm_name} started"

    def stop(self):
        """Stops the VM. One that does not exist, or is stopped, is a success."""
        if self._vm_file().exists():
            self._remember("poweroff")
        return f"VM {self.vm_name} stopped"

    def reboot(self):
        self._require_vm()
        self._remember("poweron")
        return f"VM {self.vm_name} rebooted"

    def delete(self):
        """Removes the VM for good. One that does not exist is a success."""
        self._vm_file().unlink(missing_ok=True)
        return f"VM {self.vm_name} deleted"

    def status(self):
        """Whether the VM is on: poweron, poweroff, or unknown where that cannot be told."""
        return {"power_state": self._recall(self._vm_file()).get("power", "unknown")}

    def statuses(self):
        """The same for all VMs of the host at once, by internal name."""
        vms = (self._recall(file) for file in sorted(self.state.glob("*.json")))
        return {"power_state": {vm["name"]: vm["power"] for vm in vms if vm}}

    def set_note(self):
        """A custom action. What it answers as message is shown to the person who asked: a text, an object or a list of
        objects."""
        self._require_vm()
        note = self.payload.get("parameters", {}).get("note")
        if not note:
            raise Refusal("The parameter note is missing: give it a text")
        self._remember(self._recall(self._vm_file())["power"], note)
        return {"printmessage": "true", "message": {"vm": self.vm_name, "note": note}}

    # --- What the scaffold remembers -------------------------------------------------------------------------------------

    def _state_directory(self):
        given = self.detail("state_directory")
        if given is None:
            home = os.environ.get("XDG_STATE_HOME")
            if not home and not os.environ.get("HOME"):
                raise Refusal("There is no HOME to keep state in: set the detail state_directory")
            given = os.path.join(home or os.path.join(os.environ["HOME"], ".local", "state"), "drover-@NAME@")
        directory = Path(given)
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as e:
            raise Refusal(f"Cannot create {directory} ({e.strerror}): set the detail state_directory") from e
        return directory

    def _vm_file(self):
        vm_id = str(self.payload.get("virtualmachineid", ""))
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", vm_id):
            raise Refusal("The payload has no usable virtualmachineid: it must be a UUID")
        return self.state / f"{vm_id}.json"

    def _require_vm(self):
        if not self._vm_file().exists():
            raise Refusal(f"There is no VM {self.vm_name}: create it first")

    def _remember(self, power, note=None):
        """The file is replaced in one step, so that nobody reads half of it."""
        file = self._vm_file()
        vm = {**self._recall(file), "name": self.vm_name, "power": power}
        if note is not None:
            vm["note"] = note
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(vm), encoding="utf-8")
        draft.replace(file)

    @staticmethod
    def _recall(file):
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}


# By the first argument. Add getconsole here and to the manifest's verbs once there is a console.
VERBS = {
    "prepare": Extension.prepare,
    "create": Extension.create,
    "start": Extension.start,
    "stop": Extension.stop,
    "reboot": Extension.reboot,
    "delete": Extension.delete,
    "status": Extension.status,
    "statuses": Extension.statuses,
    "SetNote": Extension.set_note,
}


def answer(arguments):
    if len(arguments) != 3:
        raise Refusal(USAGE)
    verb, file, timeout = arguments
    if verb not in VERBS:
        raise Refusal(f"Unknown verb '{verb}': this extension knows {', '.join(VERBS)}")
    if not timeout.isdigit():
        raise Refusal(f"The timeout '{timeout}' is not a whole number of seconds")
    try:
        payload = json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as e:
        raise Refusal(f"The payload '{file}' cannot be read ({e.strerror}): pass a JSON file") from e
    except ValueError as e:
        raise Refusal(f"The payload '{file}' is not JSON: {e}") from e
    if not isinstance(payload, dict):
        raise Refusal(f"The payload '{file}' must be a JSON object")
    said = VERBS[verb](Extension(payload, int(timeout)))
    return {"status": "success", **(said if isinstance(said, dict) else {"message": said})}


def main(arguments):
    try:
        print(json.dumps(answer(arguments)))
        return 0
    except TryAgain as e:
        print(json.dumps({"status": "error", "error": str(e), "retryable": True}))
        return 75
    except Refusal as e:
        print(json.dumps({"status": "error", "error": str(e)}))
    except Exception as e:  # whatever it is, the caller gets JSON
        log(f"{type(e).__name__} at line {e.__traceback__.tb_lineno}")
        print(json.dumps({"status": "error", "error": f"Something went wrong ({type(e).__name__}): see the action's stderr"}))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
