"""What state a VM is in: on, off, or neither, and why."""

WHY = {"paused": "somebody paused it", "debug": "a debugger paused it", "watchdog": "its watchdog stopped it",
       "io-error": "stopped by an input/output error: look at its storage and the free space there, then start it",
       "suspended": "its guest has suspended itself to RAM; start wakes it",
       "internal-error": "QEMU cannot run it any further; start starts it anew",
       "guest-panicked": "its guest has crashed; start starts it anew",
       "shutdown": "its guest has ended, but QEMU still runs"}
BROKEN = ("internal-error", "guest-panicked", "shutdown")
SUSPENDED = "its memory is suspended to disk; start lets it go on from there"


class State:
    """A VM's state as Proxmox tells it."""

    def __init__(self, status, suspended):
        self.running = status.get("status") == "running"
        self.known = status.get("status") in ("running", "stopped")
        self.qmp = str(status.get("qmpstatus") or "running") if self.running else ""
        self.on = self.qmp == "running"
        self.broken = self.qmp in BROKEN
        self._suspended = suspended and not self.running
        self._lock = status.get("lock")

    @property
    def word(self):
        """Its power state in Drover's words."""
        if not self.known:
            return "unknown"
        if self._suspended or self.running and not self.on:
            return "paused"
        return "poweron" if self.running else "poweroff"

    @property
    def why(self):
        """For a person: why it is neither on nor off; blank if it is not so."""
        if self._suspended:
            return SUSPENDED
        if self.on or not self.running:
            return ""
        return WHY.get(self.qmp) or "QEMU says %s%s" % (self.qmp, ", locked by %s" % self._lock if self._lock else "")
