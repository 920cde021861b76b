#!/usr/bin/env python3
"""VMs of Drover on a Hyper-V host, through WinRM."""

import sys

sys.dont_write_bytecode = True  # the folder's digest is watched

import hyperv_verbs as verbs  # noqa: E402
from hyperv_contract import run  # noqa: E402

VERBS = {name: verbs.steadily(verb) for name, verb in {
    "create": verbs.create, "start": verbs.start, "stop": verbs.stop, "reboot": verbs.reboot,
    "status": verbs.status, "statuses": verbs.statuses, "delete": verbs.delete,
    "Suspend": verbs.suspend, "Resume": verbs.resume, "ListSnapshots": verbs.list_snapshots,
    "CreateSnapshot": verbs.create_snapshot, "RestoreSnapshot": verbs.restore_snapshot,
    "DeleteSnapshot": verbs.delete_snapshot}.items()}

if __name__ == "__main__":
    sys.exit(run(sys.argv, VERBS))
