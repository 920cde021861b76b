#!/usr/bin/env python3
"""VMs of Drover on a Hyper-V host, through WinRM."""

import sys

sys.dont_write_bytecode = True  # the folder's digest is watched

import hyperv_power as power  # noqa: E402
import hyperv_snapshots as snapshots  # noqa: E402
import hyperv_verbs as verbs  # noqa: E402
from hyperv_contract import run  # noqa: E402

VERBS = {name: verbs.steadily(verb) for name, verb in {
    "create": verbs.create, "start": power.start, "stop": power.stop, "reboot": power.reboot,
    "status": verbs.status, "statuses": verbs.statuses, "delete": verbs.delete,
    "Suspend": power.suspend, "Resume": power.resume, "ListSnapshots": snapshots.list_snapshots,
    "CreateSnapshot": snapshots.create_snapshot, "RestoreSnapshot": snapshots.restore_snapshot,
    "DeleteSnapshot": snapshots.delete_snapshot}.items()}

if __name__ == "__main__":
    sys.exit(run(sys.argv, VERBS))
