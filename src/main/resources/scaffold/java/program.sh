#!/bin/sh
# Starts Extension.java beside it. What the compiler makes of it is kept in a cache, by the source's checksum; where there is
# no cache, it is compiled with each call. One-shot programs are quickest without the optimising compiler and with the smallest
# garbage collector.
source=${0%/*}/Extension.java
cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
if [ -n "$cache" ]; then
    classes=$cache/drover-@NAME@/$(cksum < "$source" | tr ' ' -)
    [ -f "$classes/Extension.class" ] || {
        javac -d "$classes.$$" "$source" >&2 && mv -T "$classes.$$" "$classes" || rm -rf "$classes.$$"
    } 2>/dev/null
    [ ! -f "$classes/Extension.class" ] || source=
fi
if [ -n "$source" ]; then
    set -- "$source" "$@"
else
    set -- -cp "$classes" Extension "$@"
fi
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 "$@"
