#!/bin/sh
# A program that does what no program should: torture.sh <kind>.<number> <payload> <timeout>
# What it leaves running sleeps <number> seconds, by which the test knows it again.
kind=${1%.*} n=${1##*.} run=$PWD

forever() { while :; do sleep "$n"; done; }

# Sleeps in a session of its own, a child of nobody, without environment, directory or open files of the run.
vanish() { (cd / && env -i setsid sleep "$n" </dev/null >/dev/null 2>&1 &); }

# Puts something else in a file's place: <file> <command that makes it>.
instead() { rm -rf "${run:?}/$1"; shift; "$@" || exit 98; }

case $kind in
    # --- ends by itself -----------------------------------------------------------------------------------------------
    answers) printf '{"status":"success"}' ;;
    refuses) printf '{"error":"no"}'; exit 3 ;;
    halfJson) printf '{"status":"succ' ;;
    stderrOnly) echo 'only here' >&2 ;;
    malformed) printf '\377\376ok\200\0end' ;;
    floodsStdout) head -c 3000000 /dev/zero | tr '\0' x ;;
    floodsStderr) head -c 3000000 /dev/zero | tr '\0' x >&2 ;;
    closesStdout) printf begun; exec >&-; sleep 0.2; exit 4 ;;
    closesEverything) exec <&- >&- 2>&-; exit 5 ;;
    diesByTerm) kill -TERM $$ ;;
    diesByKill) kill -KILL $$ ;;
    diesBySegv) kill -SEGV $$ ;;
    diesByAbrt) kill -ABRT $$ ;;
    diesByPipe) kill -PIPE $$ ;;
    diesByUsr1) kill -USR1 $$ ;;
    killsGroup) kill -KILL 0 ;;
    killsGroupSoftly) kill -TERM 0; sleep 5 ;;
    forksQuickly) i=0; while [ $i -lt 400 ]; do (:); i=$((i + 1)); done; echo $i ;;
    forksInBulk) i=0; while [ $i -lt 60 ]; do /bin/true & i=$((i + 1)); done; wait; echo $i ;;
    bigArguments) /bin/echo "$(head -c 100000 /dev/zero | tr '\0' x)" | wc -c ;;
    fillsDirectory)
        i=0; while [ $i -lt 1000 ]; do : >"f$i"; i=$((i + 1)); done
        d=deep; while [ ${#d} -lt 1500 ]; do d=$d/deep; done; mkdir -p "$d" locked/in; ln -s / root; mkfifo fifo; chmod 0 locked ;;
    deletesPayload) rm -f "$2" ;;
    scribbles) echo nonsense >pid; echo nonsense >exit; exit 6 ;;
    fifoForPid) instead pid mkfifo pid; echo done ;;
    fifoForPayload) instead payload.json mkfifo payload.json; echo done ;;
    fifosAround) mkfifo stdout.head stdout.tail stdout.emptied exit.new fenced.new; head -c 3000000 /dev/zero | tr '\0' x ;;
    growsStdout) truncate -s 1T stdout; echo done >&2 ;;
    forgesPid) echo '1 1 1' >pid; echo done ;;
    forgesExit) echo 0 >exit; exit 7 ;;
    digsDeep)
        d=d; while [ ${#d} -lt 2000 ]; do d=$d/d; done
        i=1; mkdir -p "t0/$d"; while [ $i -le 5 ]; do mkdir -p "t$i/$d" && mv "t$((i - 1))" "t$i/$d/x" || exit 98; i=$((i + 1)); done
        echo done ;;
    leavesDaemon) setsid sleep "$n" >/dev/null 2>&1 & echo left ;;
    leavesOutputOpen) sleep "$n" & echo left ;;
    # --- loses its supervisor or its files ----------------------------------------------------------------------------
    killsSupervisor) sleep "$n" & kill -KILL $PPID; sleep "$n" ;;
    vanishesAndKillsSupervisor) setsid sleep "$n" >/dev/null 2>&1 & vanish; kill -KILL $PPID ;;
    deletesDirectory) rm -rf "$run"; echo gone ;;
    deletesOutputs) rm -f stdout stderr; echo gone ;;
    fifoForStdout) instead stdout mkfifo stdout; echo gone ;;
    fifoForStderr) instead stderr mkfifo stderr; echo gone ;;
    fifoForExit) instead exit mkfifo exit; echo gone ;;
    deviceForStdout) instead stdout mknod stdout c 1 5 2>/dev/null || mkfifo stdout; echo gone ;;
    zeroesForStdout) instead stdout ln -s /dev/zero stdout; echo gone ;;
    terminalForStderr) instead stderr ln -s /dev/tty stderr; echo gone ;;
    loopForStdout) instead stdout ln -s stdout stdout; echo gone ;;
    nothingForStdout) instead stdout ln -s no-such-file stdout; echo gone ;;
    linkToFifoForStdout) mkfifo fifo; instead stdout ln -s fifo stdout; echo gone ;;
    otherForStdout) instead stdout ln -s "$0" stdout; echo gone ;;
    hardLinkForStderr) instead stderr ln "$0" stderr; echo gone ;;
    folderForStdout) instead stdout mkdir -p stdout/in; echo gone ;;
    anotherForStdout) instead stdout cp "$0" stdout; echo gone ;;
    fifoForDirectory) mv "$run" "$run.moved"; mkfifo "$run"; echo gone ;;
    linkForDirectory) mv "$run" "$run.moved"; ln -s / "$run"; echo gone ;;
    otherDirectory) mv "$run" "$run.moved"; mkdir "$run"; echo gone ;;
    copiedDirectory) cp -a "$run" "$run.new"; mv "$run" "$run.moved"; mv "$run.new" "$run"; echo gone ;;
    forgesExitAndKillsSupervisor) echo 0 >exit; kill -KILL $PPID ;;
    # --- never ends ---------------------------------------------------------------------------------------------------
    overruns) sleep 10 ;;
    ignoresSignals) trap '' TERM INT HUP QUIT; forever ;;
    childIgnoresSignals) (trap '' TERM INT HUP; forever) & forever ;;
    setsid) setsid sleep "$n" & setsid sh -c "sleep $n; :" & forever ;;
    doubleForks) (setsid sh -c "(trap '' TERM; sleep $n; :) &" &); forever ;;
    nohup) nohup sleep "$n" >/dev/null 2>&1 & forever ;;
    vanishes) vanish; forever ;;
    vanishesTwice) (env -i setsid sh -c "cd /; exec >/dev/null 2>&1; (env -i setsid sleep $n &)" &); forever ;;
    leavesDirectory) cd /; setsid sleep "$n" & forever ;;
    deletesDirectoryAndHangs) rm -rf "$run"; setsid sleep "$n" & forever ;;
    fifosEverywhere)
        for f in stdout stderr exit pid payload.json fenced; do rm -f "$f"; mkfifo "$f"; done; setsid sleep "$n" & forever ;;
    linksEverywhere) for f in stdout stderr exit pid payload.json fenced; do ln -sf /dev/zero "$f"; done; forever ;;
    movesDirectoryAndHangs) mv "$run" "$run.moved"; ln -s / "$run"; setsid sleep "$n" & forever ;;
    forgesExitAndHangs) echo 0 >exit; forever ;;
    changesName) cp /bin/sleep "./d$n" && { (env -i setsid "./d$n" "$n" >/dev/null 2>&1 &); exec "./d$n" "$n"; } ;;
    changesGroup) set -m; sleep "$n" & (sleep "$n" &) ; forever ;;
    makesZombies) sh -c "(:) & (:) & exec sleep $n" & forever ;;
    floodsForEver) yes >&2 & exec yes ;;
    stopsItself) sleep "$n" & kill -STOP $$; forever ;;
    stopsSupervisor) kill -STOP $PPID; echo stopped ;;
    stopsChild) sleep "$n" & kill -STOP $!; forever ;;
    forksAtTerm) trap 'vanish; setsid sleep "$n" &' TERM; while :; do sleep 0.1; done ;;
    cleansUpAtTerm) trap 'exit 0' TERM; while :; do sleep 0.1; done ;;
    hops) # is a new process every time, so that it is never there when it is signalled
        trap '' TERM; sh "$0" "$1" "$2" hopping & [ "$3" = hopping ] || forever ;;
    hopsAway) # the same, in another session every time
        trap '' TERM; setsid sh "$0" "$1" "$2" hopping & [ "$3" = hopping ] || forever ;;
    bigEnvironment) X=$(head -c 100000 /dev/zero | tr '\0' x) setsid sleep "$n" & forever ;;
    *) echo "no such kind: $kind" >&2; exit 99 ;;
esac
