#!/bin/sh
#
# @NAME@: drives the VMs of one external system for Drover.
#
#     @ENTRY@ <verb> <payload file> <timeout in seconds>
#
# Verbs:    prepare create start stop reboot delete status statuses getconsole
# Payload:  a JSON document; "virtualmachineid" and "virtualmachinename" name the VM, "cloudstack.vm.details" describes it
#           (cpus, maxRam in bytes, nics, ...), "externaldetails" holds what was configured for the extension, the cluster
#           mapping, the host and the VM. It is removed after the run.
# Answer:   one JSON document on standard output, nothing else. Write what people should read to standard error.
# Result:   exit code 0 for success; anything else, with {"status":"error","error":"..."}, for a failure.
# Timeout:  the script and all it started are ended after that many seconds.
#
# As it is, the script only remembers in files beside it whether a VM is on. Replace the functions under "To be filled in".

set -u

verb=${1:-}
payload=${2:-}
timeout=${3:-}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
state=$here/.state

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

# ---------------------------------------------------------------------------------------------------------------------
# The payload
# ---------------------------------------------------------------------------------------------------------------------

# The value of a text field, wherever it is in the payload. It does for names and ids, whose values need no unescaping;
# use jq or another JSON parser for everything else, e.g.
#     url=$(jq -r '.externaldetails.extension.url // empty' "$payload")
text_field() {
    sed -n 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"\([A-Za-z0-9._-]*\)".*/\1/p' "$payload" | head -n 1
}

# Sets vm_id and vm_name, and vm_file, in which the VM's state is remembered.
read_vm() {
    [ -r "$payload" ] || fail "The payload '$payload' cannot be read"
    vm_id=$(text_field virtualmachineid)
    vm_name=$(text_field virtualmachinename)
    case $vm_id in
        '' | .*) fail "The payload has no usable virtualmachineid" ;;
    esac
    vm_file=$state/$vm_id
}

# Remembers the VM as poweron or poweroff. The file is replaced in one step, so that nobody reads half of it.
remember() {
    mkdir -p -- "$state" || fail "Cannot create $state"
    draft=$state/.$vm_id.$$
    printf '%s %s\n' "$1" "$vm_name" > "$draft" && mv -- "$draft" "$vm_file" || fail "Cannot write $vm_file"
}

require_vm() {
    [ -f "$vm_file" ] || fail "There is no VM $vm_name"
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

# Starts a VM that was created before.
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
    rm -f -- "$vm_file" || fail "Cannot remove $vm_file"
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

# The same for all VMs of the host at once, by name.
statuses() {
    separator=
    printf '{"status":"success","power_state":{'
    for file in "$state"/*; do
        [ -f "$file" ] || continue
        read -r power name < "$file" || continue
        printf '%s"%s":"%s"' "$separator" "$name" "$power"
        separator=,
    done
    printf '}}\n'
    exit 0
}

# Where the VM's screen is, e.g.
#     {"status":"success","console":{"host":"10.0.0.7","port":5901,"password":"...","protocol":"vnc"}}
getconsole() {
    fail "This extension offers no console"
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
        read_vm
        "$verb"
        ;;
    statuses)
        statuses
        ;;
    *)
        # Custom actions end up here, too: give each its own case above.
        fail "Unknown verb '$verb'"
        ;;
esac
