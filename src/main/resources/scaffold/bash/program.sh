#!/bin/sh
#
# @NAME@: drives the VMs of one external system for Drover. Plain sh, which bash is, too.
#
#     @ENTRY@ <verb> <payload file> <timeout in seconds>
#
# Verbs:    prepare create start stop reboot delete status statuses, and the custom actions of extension.yaml
# Payload:  a JSON document; "virtualmachineid" and "virtualmachinename" name the VM, "cloudstack.vm.details" describes it
#           (cpus, maxRam in bytes, nics, ...), "externaldetails" holds what was configured for the extension, the cluster
#           mapping, the host and the VM, "parameters" those of a custom action. It is removed after the run.
# Answer:   one JSON document on standard output, nothing else. Write what people should read to standard error, but no secrets.
# Result:   exit code 0 for success; anything else, with {"status":"error","error":"..."}, for a failure. Where asking again
#           later can help, the error has "retryable":true besides, and the exit code is 75.
# Timeout:  the script and all it started are ended after that many seconds.
#
# As it is, the script only remembers in files whether a VM is on. Replace the functions under "To be filled in".

set -u
umask 077

verb=${1:-}
payload=${2:-}
timeout=${3:-}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1

# ---------------------------------------------------------------------------------------------------------------------
# Answers
# ---------------------------------------------------------------------------------------------------------------------

# Makes a text fit for use between the quotes of a JSON string.
json_text() {
    printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

succeed() {
    printf '{"status":"success","message":"%s"}\n' "$(json_text "$1")"
    exit 0
}

fail() {
    printf '{"status":"error","error":"%s"}\n' "$(json_text "$1")"
    exit 1
}

# The external system is away or busy for a moment, and nothing was begun: Drover asks again as the diagram says.
try_again() {
    printf '{"status":"error","error":"%s","retryable":true}\n' "$(json_text "$1")"
    exit 75
}

# ---------------------------------------------------------------------------------------------------------------------
# The payload
# ---------------------------------------------------------------------------------------------------------------------

# Prints the text, number or flag at a path of the payload, such as externaldetails/extension/url; nothing where there is none.
value() {
    WANT=$1 LC_ALL=C awk -f "$here/json.awk" "$payload"
}

read_payload() {
    [ -f "$payload" ] && [ -r "$payload" ] || fail "The payload '$payload' cannot be read: pass a JSON file"
    state=$(value externaldetails/extension/state_directory)
    [ $? -ne 2 ] || fail "The payload '$payload' is not a JSON object: pass what the contract describes"
    if [ -z "$state" ]; then
        [ -n "${XDG_STATE_HOME:-}${HOME:-}" ] || fail "There is no HOME to keep state in: set the detail state_directory"
        state=${XDG_STATE_HOME:-${HOME:-}/.local/state}/drover-@NAME@
    fi
    mkdir -p -- "$state" || fail "Cannot create $state: set the detail state_directory to one that can be written"
}

# Sets vm_id and vm_name, and vm_file, in which the VM's state is remembered.
read_vm() {
    vm_id=$(value virtualmachineid)
    vm_name=$(value virtualmachinename)
    case $vm_id in
        '' | .* | *[!A-Za-z0-9._-]*) fail "The payload has no usable virtualmachineid: it must be a UUID" ;;
    esac
    vm_file=$state/$vm_id.vm
}

# Remembers the VM as poweron or poweroff. The file is replaced in one step, so that nobody reads half of it.
remember() {
    draft=$state/.$vm_id.$$
    printf '%s %s\n' "$1" "$vm_name" > "$draft" && mv -- "$draft" "$vm_file" || fail "Cannot write $vm_file: free some space"
}

require_vm() {
    [ -f "$vm_file" ] || fail "There is no VM $vm_name: create it first"
}

# ---------------------------------------------------------------------------------------------------------------------
# To be filled in
# ---------------------------------------------------------------------------------------------------------------------

# Before the first start. The answer is a patch on "cloudstack.vm.details": MAC or IP addresses of nics, the VNC password,
# or details to be kept with the VM, such as {"details":{"external_id":"103"}}. {} changes nothing.
prepare() {
    printf '{}\n'
    exit 0
}

# The first start: creates the VM and starts it. It is called again after a failure, so it must cope with what an earlier
# attempt left behind.
create() {
    remember poweron
    succeed "VM $vm_name created"
}

# Starts a VM that was created before. One that runs is a success.
start() {
    require_vm
    remember poweron
    succeed "VM $vm_name started"
}

# Stops the VM. One that does not exist, or is stopped, is a success.
stop() {
    [ ! -f "$vm_file" ] || remember poweroff
    succeed "VM $vm_name stopped"
}

reboot() {
    require_vm
    remember poweron
    succeed "VM $vm_name rebooted"
}

# Removes the VM for good. One that does not exist is a success.
delete() {
    rm -f -- "$vm_file" "$state/$vm_id.note" || fail "Cannot remove $vm_file: see to its permissions"
    succeed "VM $vm_name deleted"
}

# Whether the VM is on: poweron, poweroff, or unknown where that cannot be told.
status() {
    power=unknown
    if [ -f "$vm_file" ]; then
        read -r power _ < "$vm_file"
    fi
    printf '{"status":"success","power_state":"%s"}\n' "$power"
    exit 0
}

# The same for all VMs of the host at once, by internal name.
statuses() {
    separator=
    printf '{"status":"success","power_state":{'
    for file in "$state"/*.vm; do
        [ -f "$file" ] || continue
        read -r power name < "$file" || continue
        printf '%s"%s":"%s"' "$separator" "$(json_text "$name")" "$power"
        separator=,
    done
    printf '}}\n'
    exit 0
}

# Where the VM's screen is, e.g.
#     {"status":"success","console":{"host":"10.0.0.7","port":5901,"password":"...","protocol":"vnc"}}
getconsole() {
    fail "This extension offers no console: fill in getconsole and add it to the manifest's verbs"
}

# A custom action. What it answers as message is shown to the person who asked: a text, an object or a list of objects.
set_note() {
    require_vm
    note=$(value parameters/note)
    [ -n "$note" ] || fail "The parameter note is missing: give it a text"
    printf '%s\n' "$note" > "$state/$vm_id.note" || fail "Cannot write to $state: free some space"
    printf '{"status":"success","printmessage":"true","message":{"vm":"%s","note":"%s"}}\n' \
        "$(json_text "$vm_name")" "$(json_text "$note")"
    exit 0
}

# ---------------------------------------------------------------------------------------------------------------------
# What was asked for
# ---------------------------------------------------------------------------------------------------------------------

[ $# -eq 3 ] || fail "Usage: $(basename -- "$0") <verb> <payload file> <timeout in seconds>"
case $timeout in
    '' | *[!0-9]*) fail "The timeout '$timeout' is not a whole number of seconds" ;;
esac

case $verb in
    prepare | create | start | stop | reboot | delete | status | getconsole)
        read_payload
        read_vm
        "$verb"
        ;;
    statuses)
        read_payload
        statuses
        ;;
    SetNote)
        read_payload
        read_vm
        set_note
        ;;
    *)
        fail "Unknown verb '$verb': this extension knows the verbs and custom actions of extension.yaml"
        ;;
esac
