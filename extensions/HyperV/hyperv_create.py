"""Creating the VM: disk, hardware, network, and last the mark that it is complete."""

import os
import re

import hyperv_power as power
from hyperv_contract import Refusal, log, number
from hyperv_powershell import Unsure, literal
from hyperv_vm import join

GRAIN = 2 << 20  # Hyper-V counts memory in pieces of 2 MiB
SECURE_BOOT = {"windows": "MicrosoftWindows", "linux": "MicrosoftUEFICertificateAuthority"}


class Plan:
    """What is to be created, checked before anything is."""

    def __init__(self, call, vms):
        self.name = call.vm_name
        self.cpus = max(1, int(call.vm.get("cpus") or 1))
        self.memory = int(call.vm.get("maxRam") or call.vm.get("minRam") or 0)
        if self.memory <= 0:
            raise Refusal("The service offering has no memory; Hyper-V needs some")
        self.memory = max(32 << 20, -(-self.memory // GRAIN) * GRAIN)
        self.iso = _source(call)
        source = call.of_vm("iso_path" if self.iso else "template_path")
        self.source = _windows_path(source, "iso_path" if self.iso else "template_path")
        suffix = ".vhd" if not self.iso and source.lower().endswith(".vhd") else ".vhdx"
        self.generation = number(call.of_vm("generation"), "generation", 1 if suffix == ".vhd" else 2, 1, 2)
        if suffix == ".vhd" and self.generation == 2:
            raise Refusal("A VM of generation 2 needs a .vhdx template; set generation to 1 or convert the template")
        self.gigabytes = number(call.of_vm("vhd_size_gb"), "vhd_size_gb", 0, 1, 64 * 1024)
        if self.iso and not self.gigabytes:
            raise Refusal("The detail vhd_size_gb is missing: the size of the new disk beside the ISO")
        self.linked = _choice(call, "vhd_mode", "copy", ("copy", "differencing")) == "differencing"
        self.secure_boot = _choice(call, "secure_boot", "windows", ("windows", "linux", "off"))
        self.vhd_folder = join(_base(call, "vhd_path"), vms.folder)
        self.vhd = join(self.vhd_folder, "disk0" + suffix)
        self.vm_folder = join(_base(call, "vm_path"), vms.folder)
        self.nics = _nics(call)

    def hardware(self):
        """The statements that make disk and VM; the VM is in its own folder from its first moment on."""
        disk, folder = literal(self.vhd), literal(self.vhd_folder)
        statements = [f"New-Item -ItemType Directory -Path {folder} -Force | Out-Null"]
        if self.iso:
            statements.append(f"New-VHD -Path {disk} -SizeBytes {self.gigabytes * 1024 ** 3} -Dynamic | Out-Null")
        elif self.linked:
            statements.append(f"New-VHD -Path {disk} -ParentPath {literal(self.source)} -Differencing | Out-Null")
        else:
            statements += [f"Copy-Item -LiteralPath {literal(self.source)} -Destination {disk}",
                           f"Set-ItemProperty -LiteralPath {disk} -Name IsReadOnly -Value $false"]
        return statements + [
            f"New-VM -Name {literal(self.name)} -Generation {self.generation} -MemoryStartupBytes {self.memory} "
            f"-VHDPath {disk} -Path {literal(self.vm_folder)} | Out-Null"]

    def settings(self):
        """The statements that give the VM its processors, boot order and network."""
        statements = [f"Set-VMProcessor -VM $vm -Count {self.cpus}", "Set-VMMemory -VM $vm -DynamicMemoryEnabled $false",
                      "Remove-VMNetworkAdapter -VM $vm"]
        if self.generation == 2:
            statements.append("Set-VMFirmware -VM $vm -EnableSecureBoot Off" if self.secure_boot == "off" else
                              "Set-VMFirmware -VM $vm -EnableSecureBoot On -SecureBootTemplate "
                              + literal(SECURE_BOOT[self.secure_boot]))
        return statements + (self._boot_from_iso() if self.iso else []) + [
            statement for nic in self.nics for statement in nic]

    def _boot_from_iso(self):
        if self.generation == 1:  # it has a DVD drive from the start
            return [f"Get-VMDvdDrive -VM $vm | Set-VMDvdDrive -Path {literal(self.source)}",
                    "Set-VMBios -VM $vm -StartupOrder 'IDE','CD','LegacyNetworkAdapter','Floppy'"]
        return [f"$disk = Get-VMHardDiskDrive -VM $vm\n$dvd = Add-VMDvdDrive -VM $vm -Path {literal(self.source)} -Passthru\n"
                "Set-VMFirmware -VM $vm -BootOrder $disk,$dvd"]


def create(call, vms):
    """Creates the VM and starts it. What a failed attempt left is removed; what is complete is only started."""
    listed = vms.all()
    vm = vms.one(listed)
    if vm is not None and vms.complete(vm):
        return power.start(call, vms, 0)
    plan = Plan(call, vms)
    vms.refuse_namesake(listed)
    if vm is not None or vms.exist(vms.directories()):
        log("Removing what an earlier attempt left")
        vms.remove(vm)
    return _build(call, vms, plan)


def _build(call, vms, plan):
    try:
        vms.change("create the VM", *plan.hardware())
        vm = vms.existing()
        mark = f"Set-VM -VM $vm -Notes {literal(vms.notes)}"  # last: it says that nothing is missing
        vms.batches("set the VM up", vm.chosen, plan.settings() + [mark])
        vms.change("start the VM", vm.chosen, "Start-VM -VM $vm")
        return {"status": "success", "message": f"{vm.name} was created and runs"}
    except Refusal as refusal:
        if not call.begun:
            raise
        raise Refusal(f"{refusal}. {_clean(call, vms)}", refusal.passes) from None


def _clean(call, vms):
    call.use_reserve()
    try:
        vms.remove(vms.one())
        call.begun = False
        return "What had been created was removed"
    except (Refusal, Unsure) as trouble:
        return f"What had been created is still there ({trouble}); delete the VM to remove it"


def _source(call):
    kind = call.of_vm("template_type")
    if kind is None:
        kind = "iso" if call.of_vm("iso_path") and not call.of_vm("template_path") else "template"
    if kind.lower() not in ("template", "iso"):
        raise Refusal(f"The detail template_type is {kind!r}; it must be template or iso")
    return kind.lower() == "iso"


def _choice(call, name, default, options):
    value = (call.of_vm(name) or default).lower()
    if value not in options:
        raise Refusal(f"The detail {name} is {value!r}; it must be one of {', '.join(options)}")
    return value


def _base(call, name):
    value = call.of_system(name)
    if not value:
        raise Refusal(f"The detail {name} of the host is missing: the folder on the host for new VMs")
    return _windows_path(value, name)


def _windows_path(value, name):
    if not value:
        raise Refusal(f"The detail {name} is missing: the template needs it")
    plain = re.match(r"[A-Za-z]:\\|\\\\[0-9A-Za-z][0-9A-Za-z._-]*\\", value) and not re.search(r'[\x00-\x1f<>"/|?*]', value)
    if not plain or ":" in value[2:] or ".." in value.split("\\"):
        raise Refusal(f"The detail {name} is {value!r}; it must be a full Windows path, such as D:\\vms")
    kind = "disks" if name in ("vhd_path", "vm_path") else "images"
    told = os.environ.get("DROVER_DIRECTORIES_HYPERV_" + kind.upper())
    places = [place.rstrip("\\") + "\\" for place in (told or "").lower().split(",") if place]
    if told is not None and not any((value.lower() + "\\").startswith(place) for place in places):
        raise Refusal(f"The detail {name} is {value!r}, which is not below an allowed directory ({told or 'there is none'}). Have "
                      f"the server's setting drover.extensions.allowed-directories.hyperv-{kind} changed")
    return value


def _nics(call):
    switch = call.of_system("network_switch", "network_bridge")
    nics = call.vm.get("nics") or []
    if nics and not switch:
        raise Refusal("The detail network_switch of the host is missing: the name of the virtual switch for VMs")
    return [_nic(call, nic, place, switch) for place, nic in enumerate(nics)]


def _nic(call, nic, place, switch):
    name = literal(f"nic{nic.get('deviceId', place)}")
    mac = re.sub(r"[:.-]", "", str(nic.get("mac") or ""))
    if not re.fullmatch(r"[0-9A-Fa-f]{12}", mac):
        raise Refusal(f"NIC {place} has the MAC {nic.get('mac')!r}, which is none")
    vlan = _vlan(call, nic)
    tag = f"-Access -VlanId {vlan}" if vlan else "-Untagged"
    return [f"Add-VMNetworkAdapter -VM $vm -Name {name} -SwitchName {literal(switch)}",
            f"Set-VMNetworkAdapter -VM $vm -Name {name} -StaticMacAddress {literal(mac.upper())}",
            f"Set-VMNetworkAdapterVlan -VM $vm -VMNetworkAdapterName {name} {tag}"]


def _vlan(call, nic):
    uri = str(nic.get("broadcastUri") or "")
    text = uri[len("vlan://"):] if uri.startswith("vlan://") else ""
    if not text and nic.get("defaultNic"):
        text = call.of_vm("cloudstack.vlan") or ""
    if text in ("", "untagged"):
        return None
    return number(text, "VLAN", None, 1, 4094)
