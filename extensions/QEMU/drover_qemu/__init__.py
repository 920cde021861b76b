"""Virtual machines of QEMU without a daemon: a directory for each, and one process while it runs."""
