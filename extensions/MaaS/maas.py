#!/usr/bin/env python3
"""Bare metal as VMs of Drover, through Canonical MAAS."""

import sys

sys.dont_write_bytecode = True  # the folder's digest is watched

import maas_create  # noqa: E402
import maas_verbs  # noqa: E402
from maas_contract import run  # noqa: E402

VERBS = {verb.__name__: verb for verb in (
    maas_verbs.prepare, maas_create.create, maas_verbs.start, maas_verbs.stop, maas_verbs.reboot,
    maas_verbs.status, maas_verbs.statuses, maas_verbs.delete)}

if __name__ == "__main__":
    sys.exit(run(sys.argv, VERBS))
