#!/bin/sh
# A hypervisor without hardware: VMs are files, every effect is counted, every fault can be asked for.
# Usage: simulator.sh <verb> <payload.json> <timeout>        Details and file formats: README.md
LC_ALL=C
export LC_ALL
umask 077
verb=$1 payload=$2
effect_id=${DROVER_ACTION_ID:--}
uuid='' name='' state='' now='' begun=''

# --- answers --------------------------------------------------------------------------------------------------------

# Ends the call: <exit code>. Kills the script instead where the fault says so.
finish() {
    [ -z "$begun" ] || printf '%s %s %s end %s %s %s\n' "$now" "$effect_id" "$$" "$verb" "${uuid:--}" "$1" >>"$state/calls.log"
    exit "$1"
}

# Refuses: <exit code> <text saying what is wrong and what to do>.
refuse() {
    text=$2
    case $text in *[\"\\]*) text=$(printf '%s' "$text" | sed 's/[\\"]/\\&/g') ;; esac
    printf '{"status":"error","error":"%s"}\n' "$text"
    finish "$1"
}

# Asks to be called again later: <text>. Nothing has been done.
defer() {
    printf '{"status":"error","error":"%s","retryable":true}\n' "$1"
    finish 75
}

# Answers: <JSON text>. What the details ask for goes before it or instead of it.
answer() {
    case $fault in
        badjson) printf '{"status":"success","message":\n' ;;
        empty) ;;
        flood:*) flood "${fault#*:}"; printf '%s\n' "${override:-$1}" ;;
        flood-stderr:*) flood "${fault#*:}" >&2; printf '%s\n' "${override:-$1}" ;;
        stderr) printf 'simulator: noise on stderr, all is well\n' >&2; printf '%s\n' "${override:-$1}" ;;
        die-after) kill -9 $$ ;;
        leftovers)
            printf '{"status":"error","error":"Refused because the detail fault is leftovers: set it to none","leftovers":true}\n'
            finish 1 ;;
        *) printf '%s\n' "${override:-$1}" ;;
    esac
    finish 0
}

done_with() { answer "{\"status\":\"success\",\"message\":\"$1\"}"; }

# Prints <n> MiB of lines.
flood() { yes 'the simulator floods its output as it was told to' | head -c "$(($1 * 1048576))"; }

# --- payload --------------------------------------------------------------------------------------------------------

# Reads the payload once and prints shell assignments. A double quote ends each record, so records lie in turn outside
# and inside of strings. Values named *_json stay in their JSON spelling and can be printed into an answer unchanged.
read_payload() {
    VERB=$verb awk '
    BEGIN { RS = "\""; depth = 0; SEP = SUBSEP }
    !inside { outside($0); inside = 1; text = ""; next }
    {
        text = text $0
        if (match($0, /\\+$/) && RLENGTH % 2) { text = text "\""; next }
        inside = 0
        if (kind[depth] == "{" && wants_key) key[depth] = decode(text)
        else store(text)
    }
    function outside(s,   c, literal) {
        gsub(/[ \t\r\n]+/, "", s)
        while (match(s, /[][{}:,]/)) {
            literal = substr(s, 1, RSTART - 1); c = substr(s, RSTART, 1); s = substr(s, RSTART + 1)
            if (literal != "") store(literal)
            if (c == "{" || c == "[") {
                if (depth == 0 && roots++ == 0 && c == "{") object = 1
                prefix[depth + 1] = depth ? prefix[depth] key[depth] SEP : ""
                kind[++depth] = c; key[depth] = 0; wants_key = (c == "{")
            } else if (c == ":") wants_key = 0
            else if (c == ",") { if (kind[depth] == "[") key[depth]++; wants_key = (kind[depth] == "{") }
            else { if (kind[depth] != (c == "}" ? "{" : "[")) broken = 1; depth--; wants_key = 0 }
        }
        if (s != "") { if (depth) store(s); else broken = 1 }
    }
    function store(value) { if (depth) json[prefix[depth] key[depth]] = value; else broken = 1 }
    function decode(s,   out, c, n, low) {
        if (index(s, "\\") == 0) return s
        while ((n = index(s, "\\")) > 0) {
            out = out substr(s, 1, n - 1); c = substr(s, n + 1, 1); s = substr(s, n + 2)
            if (c == "u") {
                n = hex(substr(s, 1, 4)); s = substr(s, 5)
                if (n >= 55296 && n < 56320 && substr(s, 1, 2) == "\\u") {
                    low = hex(substr(s, 3, 4)); s = substr(s, 7); n = 65536 + (n - 55296) * 1024 + low - 56320
                }
                out = out utf8(n)
            } else out = out (c == "n" ? "\n" : c == "t" ? "\t" : c == "r" ? "\r" : c == "b" || c == "f" ? " " : c)
        }
        return out s
    }
    function hex(s,   i, n) {
        s = tolower(s)
        for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
        return n
    }
    function utf8(n) {
        if (n < 1) return ""
        if (n < 128) return sprintf("%c", n)
        if (n < 2048) return sprintf("%c%c", 192 + int(n / 64), 128 + n % 64)
        if (n < 65536) return sprintf("%c%c%c", 224 + int(n / 4096), 128 + int(n / 64) % 64, 128 + n % 64)
        return sprintf("%c%c%c%c", 240 + int(n / 262144), 128 + int(n / 4096) % 64, 128 + int(n / 64) % 64, 128 + n % 64)
    }
    function level(of, k) { return decode(json["externaldetails" SEP of SEP k]) }
    function has(of, k) { return ("externaldetails" SEP of SEP k) in json }
    function detail(k,   i) {
        for (i = 1; i <= 3; i++) {
            if (has(levels[i], k "_" ENVIRON["VERB"])) return level(levels[i], k "_" ENVIRON["VERB"])
            if (has(levels[i], k)) return level(levels[i], k)
        }
        return ""
    }
    function only(k,   i) { for (i = 1; i <= 3; i++) if (has(levels[i], k)) return level(levels[i], k); return "" }
    function let(variable, value) {
        gsub(/\047/, "\047\"\047\"\047", value)
        print variable "=\047" value "\047"
    }
    function mac(id,   h) {
        h = tolower(id); gsub(/[^0-9a-f]/, "", h); h = substr("00000000" h, length(h) + 1)
        return "02:5d:" substr(h, 1, 2) ":" substr(h, 3, 2) ":" substr(h, 5, 2) ":" substr(h, 7, 2)
    }
    END {
        if (inside && text != "" || depth != 0 || broken || !object) { print "unreadable=1"; exit }
        split("virtualmachine host extension", levels, " ")
        vm = "cloudstack.vm.details" SEP
        id = json["virtualmachineid"]; if (id == "") id = json[vm "uuid"]
        n = json["virtualmachinename"]; if (n == "") n = json[vm "name"]
        for (i = 0; (vm "nics" SEP i SEP "nicUuid") in json || (vm "nics" SEP i SEP "mac") in json; i++) {
            nic = vm "nics" SEP i SEP
            macs = macs (i ? "," : "") json[nic "mac"]; ips = ips (i ? "," : "") json[nic "ip"]
            patch = patch (i ? "," : "") "{\"nicUuid\":\"" json[nic "nicUuid"] "\",\"mac\":\"" mac(json[nic "nicUuid"]) "\"}"
        }
        let("uuid", decode(id)); let("name", n); let("macs_json", macs); let("ips_json", ips)
        let("vnc_json", json[vm "vncPassword"]); let("nics_json", patch)
        state = level("host", "state_dir"); if (state == "") state = level("extension", "state_dir")
        let("state", state); let("latency", detail("latency")); let("fault", detail("fault"))
        let("console_host", only("console_host")); let("console_port", only("console_port"))
        override = only("answer_" ENVIRON["VERB"])
        if (override == "" && ENVIRON["VERB"] == "prepare") override = only("patch")
        let("override", override)
        snap = json["parameters" SEP "snap_name"]; if (snap == "") snap = json["parameters" SEP "snapshot_name"]
        let("snap_json", snap)
        memory = json["parameters" SEP "with_memory"]; let("memory_json", memory == "" ? "false" : memory)
        packing = json["parameters" SEP "compression"]; let("packing_json", packing == "" ? "1" : packing)
        let("until_json", json["parameters" SEP "keep_until"])
        srand(); let("now", srand())
    }' "$payload"
}

# --- state ----------------------------------------------------------------------------------------------------------

clock() { now=$(date +%s); }

# Sets uid; read from /proc where there is one, which spares a process.
own_uid() {
    if [ -r /proc/self/status ]; then
        while read -r label uid rest; do [ "$label" != Uid: ] || { uid=${uid%%[!0-9]*}; return; }; done </proc/self/status
    fi
    uid=$(id -u)
}

# Refuses, and says which setting keeps the script from its state.
no_state() {
    own_uid
    text="State directory $state cannot be written by user $uid: give it and all in it to that user"
    [ -z "$DROVER_SANDBOX" ] || text="$text, name it in drover.runner.sandbox-writable"
    refuse 1 "$text, or set the detail state_dir to one that can"
}

# Sets real to a directory, of which the end may be missing, with symbolic links resolved.
resolve() {
    real=$1 missing=''
    while [ ! -d "${real:-/}" ]; do
        [ ! -L "$real" ] || return 1
        missing=/${real##*/}$missing real=${real%/*}
    done
    real=$(cd -P -- "${real:-/}" && pwd)$missing
}

# Whether a directory is below one that the server allows; any is when nobody says.
allowed() {
    [ -n "${DROVER_DIRECTORIES_STATE+set}" ] || return 0
    case $1/ in /*) ;; *) return 1 ;; esac
    case $1/ in */../*) return 1 ;; esac
    resolve "$1" || return 1
    wanted=$real old_ifs=$IFS IFS=,
    set -f
    for place in $DROVER_DIRECTORIES_STATE; do
        IFS=$old_ifs
        resolve "$place" || continue
        case $wanted/ in "$real"/*) return 0 ;; esac
    done
    IFS=$old_ifs
    return 1
}

open_state() {
    [ -z "$state" ] || allowed "$state" || refuse 1 "State directory $state is not below an allowed directory: correct the detail state_dir, or have the server's setting drover.extensions.allowed-directories.state changed"
    state=${state:-$SIMULATOR_STATE}
    if [ -z "$state" ]; then
        [ -z "$DROVER_SANDBOX" ] || refuse 1 "What is written to /tmp goes with each call in the sandbox: set the detail state_dir to a directory that drover.runner.sandbox-writable names"
        own_uid
        state=${TMPDIR:-/tmp}/drover-simulator-$uid
        [ -d "$state" ] || mkdir -p "$state" 2>/dev/null
        [ -O "$state" ] || refuse 1 "State directory $state belongs to someone else: set the detail state_dir"
    fi
    [ -d "$state/vms" ] || mkdir -p "$state/once" "$state/snapshots" "$state/vms" 2>/dev/null
    [ -w "$state/vms" ] || no_state
    vm=$state/vms/$uuid snapshots=$state/snapshots/$uuid
}

# Loads the VM into power, kept_name, macs_kept, ips_kept, vnc_kept; fails when there is none.
load_vm() {
    power='' kept_name='' macs_kept='' ips_kept='' vnc_kept=''
    [ -f "$vm" ] || return 1
    while IFS= read -r line; do
        case $line in
            power=*) power=${line#*=} ;;
            name=*) kept_name=${line#*=} ;;
            macs=*) macs_kept=${line#*=} ;;
            ips=*) ips_kept=${line#*=} ;;
            vnc=*) vnc_kept=${line#*=} ;;
        esac
    done <"$vm"
}

need_vm() { load_vm || refuse 1 "VM $uuid is not known to the simulator: create it first"; }

# Writes the VM's file under a temporary name: <power> <name> <macs> <ips> <vnc>.
draft_vm() { printf 'power=%s\nname=%s\nmacs=%s\nips=%s\nvnc=%s\n' "$@" >"$state/.draft.$$"; }

set_power() {
    draft_vm "$1" "$kept_name" "$macs_kept" "$ips_kept" "$vnc_kept" && mv -f "$state/.draft.$$" "$vm" ||
        refuse 1 "State directory $state cannot be written: free space or set the detail state_dir"
}

# Counts an effect that has happened.
effect() { printf '%s %s %s %s %s\n' "$now" "$effect_id" "$verb" "$uuid" "${name:-$kept_name}" >>"$state/effects.log"; }

# --- behaviour asked for by details ---------------------------------------------------------------------------------

# Counts the calls of the verb for the VM; succeeds for the first <n>.
among_first() {
    count=$(cat "$state/once/$uuid.$verb.count" 2>/dev/null) || count=0
    [ "$count" -lt "$1" ] || return 1
    echo $((count + 1)) >"$state/once/$uuid.$verb.count"
}

first_time() { (set -C; : >"$state/once/$uuid.$verb") 2>/dev/null; }

note_child() { printf '%s %s %s child %s %s %s\n' "$now" "$effect_id" "$$" "$verb" "${uuid:--}" "$1" >>"$state/calls.log"; }

hang_with_children() {
    sleep 86400 &
    note_child $!
    (trap '' TERM; exec sleep 86400) &
    note_child $!
    setsid sleep 86400 &
    note_child $!
}

misbehave() {
    case $fault in
        once:*) if first_time; then fault=${fault#once:}; else fault=none; fi ;;
    esac
    case $fault in
        '' | none | badjson | empty | stderr | die-after | leftovers) ;;
        flood:*[!0-9]* | flood-stderr:*[!0-9]* | exit:*[!0-9]* | retryable:*[!0-9]* | flood: | flood-stderr: | exit: | retryable:)
            refuse 1 "Detail fault is $fault: a whole number must follow the colon" ;;
        flood:* | flood-stderr:*) ;;
        exit:*) refuse "${fault#exit:}" "Refused because the detail fault is $fault: set it to none" ;;
        retryable) defer "Not now, because the detail fault is retryable: try again" ;;
        retryable:*) if among_first "${fault#*:}"; then defer "Not now, because the detail fault is $fault: try again"; else fault=none; fi ;;
        error) refuse 0 "Refused because the detail fault is error: set it to none" ;;
        hang) exec sleep 86400 ;;
        hang-children) hang_with_children; exec sleep 86400 ;;
        die-before) kill -9 $$ ;;
        *) refuse 1 "Detail fault is $fault: README.md of the Simulator lists the faults there are" ;;
    esac
}

linger() {
    case $latency in
        '' | 0) return ;;
        *[!0-9.]* | *.*.* | .) refuse 1 "Detail latency is $latency: it must be seconds such as 2 or 0.25" ;;
    esac
    sleep "$latency" >/dev/null 2>&1
    clock
}

# --- verbs ----------------------------------------------------------------------------------------------------------

prepare_vm() {
    vnc=$(od -An -N4 -tx1 /dev/urandom)
    set -- $vnc
    answer "{\"vncPassword\":\"$1$2$3$4\",\"details\":{\"simulator_id\":\"sim-${uuid%%-*}\"},\"nics\":[$nics_json]}"
}

create_vm() {
    [ ! -f "$vm" ] || done_with 'Instance exists already'
    draft_vm poweron "$name" "$macs_json" "$ips_json" "$vnc_json"
    if ln "$state/.draft.$$" "$vm" 2>/dev/null; then effect; fi
    rm -f "$state/.draft.$$"
    [ -f "$vm" ] || refuse 1 "State directory $state cannot be written: free space or set the detail state_dir"
    done_with 'Instance created'
}

start_vm() {
    need_vm
    [ "$power" != poweron ] || done_with 'Instance runs already'
    set_power poweron
    effect
    done_with 'Instance started'
}

stop_vm() {
    load_vm || done_with 'Instance is not there, so it does not run'
    [ "$power" != poweroff ] || done_with 'Instance is stopped already'
    set_power poweroff
    effect
    done_with 'Instance stopped'
}

reboot_vm() {
    need_vm
    [ "$power" = poweron ] || refuse 1 "VM $uuid does not run: start it instead"
    effect
    done_with 'Instance rebooted'
}

delete_vm() {
    kept_name=$name
    load_vm || done_with 'Instance is not there'
    if rm "$vm" 2>/dev/null; then effect; fi
    [ ! -f "$snapshots" ] || rm -f "$snapshots"
    done_with 'Instance deleted'
}

report_status() {
    mark=",\"uuid\":\"$uuid\""
    load_vm || power=unknown mark=''
    answer "{\"status\":\"success\",\"power_state\":\"$power\"$mark}"
}

report_statuses() {
    all=''
    for vm in "$state"/vms/*; do
        load_vm || continue
        all="$all${all:+,}\"$kept_name\":\"$power\""
    done
    answer "{\"status\":\"success\",\"power_state\":{$all}}"
}

give_console() {
    need_vm
    [ "$power" = poweron ] || refuse 1 "VM $uuid does not run: start it before opening its console"
    case $console_port in *[!0-9]*) refuse 1 "Detail console_port is $console_port: it must be a port number" ;; esac
    case $console_host in *[!A-Za-z0-9.:_-]*) refuse 1 "Detail console_host is $console_host: it must be a host name" ;; esac
    answer "{\"status\":\"success\",\"console\":{\"host\":\"${console_host:-127.0.0.1}\",\"port\":${console_port:-5900},\"password\":\"$vnc_kept\",\"protocol\":\"vnc\"}}"
}

reset_password() {
    need_vm
    password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
    effect
    answer "{\"status\":\"success\",\"user\":\"root\",\"password\":\"$password\"}"
}

inspect() {
    need_vm
    answer "{\"status\":\"success\",\"printmessage\":\"true\",\"message\":{\"id\":\"$uuid\",\"name\":\"$kept_name\",\"power\":\"$power\",\"macs\":\"$macs_kept\",\"ips\":\"$ips_kept\"}}"
}

# Succeeds when the VM has the snapshot that the parameters name.
has_snapshot() {
    [ -f "$snapshots" ] || return 1
    while read -r taken known; do [ "$known" != "$snap_json" ] || return 0; done <"$snapshots"
    return 1
}

list_snapshots() {
    need_vm
    all=''
    if [ -f "$snapshots" ]; then
        while read -r taken known; do all="$all${all:+,}{\"name\":\"$known\",\"taken\":\"$taken\"}"; done <"$snapshots"
    fi
    answer "{\"status\":\"success\",\"printmessage\":\"true\",\"message\":[$all]}"
}

create_snapshot() {
    need_vm
    [ -n "$snap_json" ] || refuse 1 'Parameter snap_name is missing: name the snapshot'
    if ! has_snapshot; then
        printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$snap_json" >>"$snapshots"
        effect
    fi
    answer "{\"status\":\"success\",\"printmessage\":\"true\",\"message\":{\"name\":\"$snap_json\",\"with_memory\":$memory_json,\"compression\":$packing_json,\"keep_until\":\"$until_json\"}}"
}

delete_snapshot() {
    need_vm
    [ -n "$snap_json" ] || refuse 1 'Parameter snap_name is missing: name the snapshot'
    has_snapshot || done_with 'Snapshot is not there'
    SNAP=$snap_json awk '{ line = $0; sub(/^[^ ]* /, "", line) } line != ENVIRON["SNAP"]' "$snapshots" >"$state/.draft.$$" &&
        mv -f "$state/.draft.$$" "$snapshots"
    effect
    done_with 'Snapshot deleted'
}

# --- one call -------------------------------------------------------------------------------------------------------

[ $# -ge 2 ] || refuse 1 'Usage: simulator.sh <verb> <payload file> <timeout seconds>'
[ -f "$payload" ] && [ -r "$payload" ] || refuse 1 "Payload $payload cannot be read: pass a readable JSON file"
unreadable='' fault=''
eval "$(read_payload)"
[ -z "$unreadable" ] || refuse 1 "Payload $payload is not a JSON object: pass the payload the contract describes"
case $now in 1[6-9]???????? | [2-9]?????????) ;; *) clock ;; esac
case $uuid in *[!A-Za-z0-9._-]* | .*) refuse 1 "VM id $uuid is not an id: pass a UUID" ;; esac
open_state
begun=1
printf '%s %s %s begin %s %s %s\n' "$now" "$effect_id" "$$" "$verb" "${uuid:--}" "${name:--}" >>"$state/calls.log"

case $verb in
    prepare | create | start | stop | reboot | delete | status | getconsole | Inspect | ListSnapshots | CreateSnapshot | DeleteSnapshot | ResetPassword)
        [ -n "$uuid" ] || refuse 1 "Payload names no VM: virtualmachineid is needed for $verb" ;;
    statuses) ;;
    *) refuse 1 "Unknown action $verb: the Simulator knows the lifecycle verbs, Inspect, ListSnapshots, CreateSnapshot, DeleteSnapshot, ResetPassword" ;;
esac
linger
misbehave
case $verb in
    prepare) prepare_vm ;;
    create) create_vm ;;
    start) start_vm ;;
    stop) stop_vm ;;
    reboot) reboot_vm ;;
    delete) delete_vm ;;
    status) report_status ;;
    statuses) report_statuses ;;
    getconsole) give_console ;;
    Inspect) inspect ;;
    ListSnapshots) list_snapshots ;;
    CreateSnapshot) create_snapshot ;;
    DeleteSnapshot) delete_snapshot ;;
    ResetPassword) reset_password ;;
esac
