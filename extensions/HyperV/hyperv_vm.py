"""The VM on the Hyper-V host that is Drover's, and where its files are."""

import re
import time

from hyperv_contract import Refusal, log
from hyperv_powershell import Failed, OutOfTime, PowerShell, literal, passes, remedy
from hyperv_state import Vm

PROPERTIES = ("Name,Notes,Path,@{Name='Id';Expression={[string]$_.Id}},@{Name='State';Expression={[string]$_.State}}")
LIST = f"Get-VM | Select-Object -Property {PROPERTIES} | ConvertTo-Json -Compress"


class Vms:
    """The VMs of one host. A VM is Drover's if its notes or, until they are written, its path say so."""

    def __init__(self, call):
        self._call = call
        self.shell = PowerShell(call)

    @property
    def notes(self):
        """What marks the VM as complete and as this VM of Drover."""
        return f"drover-id={self._call.vm_id} drover-name={self._call.vm_name}"

    @property
    def folder(self):
        """The name of the VM's own folders."""
        return re.sub(r"[^A-Za-z0-9._-]", "_", self._call.vm_name)[:80] + "-" + self._call.vm_id

    def all(self):
        """All VMs of the host."""
        return [Vm(fields) for fields in self.shell.read(LIST)]

    def one(self, listed=None):
        """This VM, or None, among all or those listed. One that only bears its name is nobody's business here, nor is a
        copy that somebody made of it; refuses where nobody can tell which is the copy."""
        among = [vm for vm in (self.all() if listed is None else listed) if self.complete(vm) or self._in_folder(vm.path)]
        if len(among) > 1:
            among = [vm for vm in among if self._in_folder(vm.path)] or among
        if len(among) > 1:
            raise Refusal(f"{self.shell.address} has {len(among)} VMs with the notes of {self._call.vm_name}; remove the "
                          "notes of those that are copies, then try again")
        return among[0] if among else None

    def namesake(self, listed=None):
        """What to say of a VM that only bears this VM's name; blank if there is none."""
        listed = self.all() if listed is None else listed
        own = self.one(listed)
        other = next((vm for vm in listed if vm is not own and vm.name.lower() == self._call.vm_name.lower()), None)
        return "" if other is None else (
            f"{self.shell.address} has a VM named {other.name} (id {other.id}) that is not this one of Drover: it was left alone")

    def complete(self, vm):
        """Whether the VM was created to the end."""
        return f"drover-id={self._call.vm_id}" in vm.notes.split()

    def refuse_namesake(self, listed):
        """Refuses if one of these VMs bears this VM's name without being it."""
        other = self.namesake(listed)
        if other:
            raise Refusal(f"{other}. Rename or remove it there, then try again")

    def existing(self):
        """This VM; refuses if the host has none."""
        listed = self.all()
        vm = self.one(listed)
        if vm is None:
            raise Refusal("; ".join(filter(None, (
                f"{self.shell.address} has no VM of Drover for {self._call.vm_name}; create it first", self.namesake(listed)))))
        return vm

    def change(self, what, *statements):
        """Runs the statements; an error of PowerShell becomes a refusal that says what could not be done."""
        self._explained(what, lambda: self.shell.change(*statements))

    def batches(self, what, head, statements):
        """The same for many statements."""
        self._explained(what, lambda: self.shell.batches(head, statements))

    def _explained(self, what, act):
        try:
            act()
        except Failed as failed:
            raise Refusal(f"Hyper-V on {self.shell.address} could not {what}: {failed}" + remedy(str(failed)),
                          passes(failed)) from None
        except OutOfTime:
            raise Refusal(f"Hyper-V on {self.shell.address} did not {what} in time. Look what the host is busy with, "
                          "or raise the extension's timeout for this verb", passes=True) from None

    def directories(self):
        """The VM's own folders, as far as the details tell."""
        bases = {self._call.of_system(name) for name in ("vhd_path", "vm_path")} - {None}
        return [join(base, self.folder) for base in sorted(bases)]

    def remove(self, vm):
        """Removes the VM, if there is one, and everything in its folders; refuses if anything is left."""
        folders = set(self.directories())
        if vm:
            folders |= self._folders_of_disks(vm)
            off = [] if vm.halted else ["Stop-VM -VM $vm -TurnOff -Force"]
            if off:
                self.must_be_removable(vm)
            self.change("remove the VM", vm.chosen, *off, "Remove-VM -VM $vm -Force")
        for folder in sorted(folders):
            self._remove_folder(folder)

    def _folders_of_disks(self, vm):
        disks = self.shell.read(vm.chosen, "Get-VMHardDiskDrive -VM $vm | Select-Object -Property Path | ConvertTo-Json -Compress")
        parents = {re.sub(r"[\\/][^\\/]*$", "", str(disk.get("Path") or "")) for disk in disks}
        foreign = {parent for parent in parents if not self._in_folder(parent)}
        if foreign:
            log(f"Disks outside the VM's own folders are left alone: {', '.join(sorted(foreign))}")
        return parents - foreign

    def must_be_removable(self, vm):
        """Refuses what would fail when the VM is off already: a folder that is away or cannot be written."""
        own = sorted(self._folders_of_disks(vm))
        there = [folder for folder in sorted({*self.directories(), *own}) if self.exist([folder])]
        left = f"{vm.name} runs and was left as it is"
        for folder in own:
            if folder not in there:
                raise Refusal(f"{left}: the folder {folder} of its disk cannot be reached. Bring it back, then delete again")
        try:
            for folder in there:
                probe = literal(join(folder, "drover-probe"))
                self.shell.change(f"New-Item -ItemType File -Path {probe} -Force | Out-Null",
                                  f"Get-Item -LiteralPath {probe} | Remove-Item -Force")
        except (Failed, OutOfTime) as trouble:
            said = str(trouble) or "it took too long"
            raise Refusal(f"{left}: its folders cannot be changed ({said}){remedy(said)}", passes(trouble)) from None

    def _remove_folder(self, folder):
        path = literal(folder)
        end = time.monotonic() + min(60, self._call.seconds_left())
        while True:
            said = ""
            try:
                self.shell.change(f"Get-Item -LiteralPath {path} -ErrorAction Ignore | Remove-Item -Recurse -Force")
            except (Failed, OutOfTime) as failed:  # a merge of snapshots may still hold a file
                said = str(failed) or "it took too long"
            if not self.exist([folder]):
                return
            if time.monotonic() + 1 > end:
                raise Refusal(f"The folder {folder} on {self.shell.address} could not be removed: {said}. "
                              "See who holds its files, then delete again")
            time.sleep(1)

    def exist(self, folders):
        """Whether the host has any of these folders."""
        paths = ",".join(literal(folder) for folder in folders)
        return any(self.shell.read(f"Test-Path -LiteralPath {paths} | ConvertTo-Json -Compress", kind=bool))

    def _in_folder(self, path):
        return self.folder.lower() in re.split(r"[\\/]", path.lower())


def join(base, *names):
    """A Windows path."""
    return "\\".join([base.rstrip("\\/")] + list(names))
