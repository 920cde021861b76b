# Ends the programs of a node that has not put off its deadline in time. Runs in the node's home; $1 names the server whose
# watchdog it is, $2 is its process. The file "fence" holds two deadlines, in whole seconds of /proc/uptime, and that name.
# It ends when the file is gone or another server's, and when the server is dead and nothing of it is left.

uptime() {
    read -r up rest </proc/uptime
    now=${up%.*}
}

# Reads the first line of a run's file into line. A program may have put something else in its place, of which nothing is
# opened: a named pipe would never be read to its end.
first_line() {
    line=
    [ ! -h "${1%/*}" ] && [ ! -h "$1" ] && [ -f "$1" ] && read -r line 2>/dev/null <"$1"
}

# Notes that a run was ended before its program had ended by itself, which the supervisor tells by a code and a proof.
note() {
    first_line "$1/exit"
    case $line in *' '????????????????????????????????) return ;; esac
    # not by ":", with which a shell would end should the file not be made
    [ -h "$1" ] || [ -e "$1/fenced" ] || [ -h "$1/fenced" ] || true >"$1/fenced"
}

# Prints the numbers of all processes that carry a mark of a run, but not those of supervisors, which tell how programs end.
members() {
    runs="" numbers="" supervisors=" "
    for run in runs/*-*-*-*-*; do
        [ -e "$run" ] || [ -h "$run" ] || continue
        note "$run" 2>/dev/null
        id=${run##*/}
        beyond=${id#????????-????-????-????-????????????}
        runs="$runs
DROVER_ACTION_ID=${id%"$beyond"}"
        first_line "$run/pid" || continue
        set -- $line
        supervisor=${1:-} ticks=${2:-} number=${3:-}
        case $supervisor$ticks$number in '' | *[!0-9]*) continue ;; esac
        read -r line 2>/dev/null <"/proc/$supervisor/stat" || line=
        set -- ${line##*) }
        [ "${20:-}" != "$ticks" ] || supervisors="$supervisors$supervisor "
        numbers="$numbers
$(printf '%-25s %s ' 'Max file locks' "$number")"
    done
    [ -n "$runs" ] || return 0
    {
        printf '%s\n' "${runs#?}" | grep -lzxFf - /proc/[0-9]*/environ
        [ -z "$numbers" ] || printf '%s\n' "${numbers#?}" | grep -lFf - /proc/[0-9]*/limits
    } 2>/dev/null | sort -u -t/ -k3,3 | while IFS=/ read -r a b pid c; do
        case $supervisors in *" $pid "*) ;; *) echo "$pid" ;; esac
    done
}

end_all() {
    pids=$(members)
    [ -n "$pids" ] || return 1
    echo "uptime $now: the lease is over, $1 to $(echo $pids)"
    kill -s "$1" $pids 2>/dev/null
    return 0
}

owner=$1 server=$2
while read -r term kill who 2>/dev/null <fence && [ "$who" = "$owner" ]; do
    uptime
    if [ "$now" -lt "$term" ]; then
        sleep $((term - now))
    elif [ "$now" -lt "$kill" ]; then
        end_all TERM
        sleep 1
    elif end_all KILL; then
        sleep 0.2
    elif [ -d "/proc/$server" ]; then
        sleep 1
    else
        exit
    fi
done
