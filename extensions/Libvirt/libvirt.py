#!/usr/bin/env python3
"""Entry point of the Libvirt extension: libvirt.py <verb> <payload file> <timeout in seconds>."""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from drover_libvirt import program  # noqa: E402

if __name__ == "__main__":
    sys.exit(program.main(sys.argv[1:]))
