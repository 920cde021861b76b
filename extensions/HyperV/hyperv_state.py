"""A VM of the host and what state it is in: on, off, or neither, and why."""

from hyperv_contract import Refusal
from hyperv_powershell import literal

OFF = ("Off", "OffCritical")
SAVED = ("Saved", "FastSaved", "SavedCritical", "FastSavedCritical")
PAUSED = ("Paused", "PausedCritical")
BUSY = ("Starting", "Stopping", "Pausing", "Resuming", "Saving", "FastSaving", "Reset")
ON = ("Running", "RunningCritical") + BUSY
LOST = "its storage is gone or full: mend that on the host, then start it"


class Vm:
    """A VM as the host described it."""

    def __init__(self, fields):
        self.id = str(fields.get("Id") or "")
        self.name = str(fields.get("Name") or "")
        self.state = str(fields.get("State") or "")
        self.notes = str(fields.get("Notes") or "")
        self.path = str(fields.get("Path") or "")
        self.chosen = f"$vm = Get-VM -Id {literal(self.id)}"

    @property
    def halted(self):
        """Whether nothing of it runs; its memory may be saved."""
        return self.state in OFF + SAVED

    @property
    def saved(self):
        """Whether its memory is saved, for its disks as they are now."""
        return self.state in SAVED

    @property
    def paused(self):
        """Whether its guest stands."""
        return self.state in PAUSED

    def power(self):
        """Its power state in Drover's words."""
        if self.saved or self.paused:
            return "paused"
        return "poweroff" if self.state in OFF else "poweron" if self.state in ON else "unknown"

    def why(self):
        """For a person: why it is neither on nor off; blank if there is nothing to say."""
        if self.saved:
            return "its memory is saved on the host; start lets it go on from there"
        if self.state.endswith("Critical"):
            return f"{self.state}: {LOST}"
        return "somebody paused it" if self.paused else ""

    def must_be_settled(self):
        """Refuses while the host is changing its state."""
        if self.state in BUSY:
            raise Refusal(f"{self.name} is in the state {self.state}; wait until the host is done with it", passes=True)
