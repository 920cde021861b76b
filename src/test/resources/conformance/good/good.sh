#!/bin/sh
# Does all that the contract asks, with nothing but a shell and awk; tests break it in one place each.
say() { printf '%s\n' "$1"; exit 0; }
refuse() { printf '{"status":"error","error":"%s"}\n' "$1"; exit 1; }
[ $# -eq 3 ] || refuse 'three arguments are needed'
verb=$1 file=$2
case $verb in
    prepare | create | start | stop | reboot | delete | status | statuses | getconsole | Note) ;;
    *) refuse 'unknown verb' ;;
esac
[ -f "$file" ] || refuse 'no payload'
payload=
IFS= read -r payload < "$file" || [ -n "$payload" ] || refuse 'empty payload'
case $payload in '{'*'}') ;; *) refuse 'not a JSON object' ;; esac
{ read -r state; read -r name; read -r id; read -r note; } << END
$(awk 'function text(key, at, rest) {
    at = index($0, "\"" key "\":\"")
    rest = substr($0, at + length(key) + 4, 2000)
    match(rest, /^([^"\\]|\\.)*/)
    return at ? substr(rest, 1, RLENGTH) : ""
}
{ print text("state_directory"); print text("virtualmachinename"); print text("virtualmachineid"); print text("note") }' "$file")
END
[ -n "$id" ] || refuse 'no VM'
vm=$state/$name
power=unknown
[ ! -f "$vm" ] || read -r power < "$vm"
case $verb in
    prepare) say '{"details":{"number":"7"}}' ;;
    create) echo poweron > "$vm"; say '{"status":"success"}' ;;
    start) [ -f "$vm" ] || refuse 'no such VM'; echo poweron > "$vm"; say '{"status":"success"}' ;;
    stop) [ ! -f "$vm" ] || echo poweroff > "$vm"; say '{"status":"success"}' ;;
    reboot) [ -f "$vm" ] || refuse 'no such VM'; say '{"status":"success"}' ;;
    delete) rm -f "$vm"; say '{"status":"success"}' ;;
    status) say "{\"status\":\"success\",\"power_state\":\"$power\"}" ;;
    statuses)
        all=
        for vm in "$state"/i-*; do [ -f "$vm" ] || continue; read -r power < "$vm"; all="$all${all:+,}\"${vm##*/}\":\"$power\""; done
        say "{\"status\":\"success\",\"power_state\":{$all}}"
        ;;
    getconsole) say '{"status":"success","console":{"host":"10.0.0.7","port":5901,"password":"abc","protocol":"vnc"}}' ;;
    Note) say "{\"status\":\"success\",\"printmessage\":\"true\",\"message\":{\"note\":\"$note\"}}" ;;
esac
