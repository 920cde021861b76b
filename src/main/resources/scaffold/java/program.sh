#!/bin/sh
# Starts Extension.java beside it, which is compiled each time: about half a second. One-shot programs are quickest without
# the optimising compiler and with the smallest garbage collector.
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 "${0%/*}/Extension.java" "$@"
