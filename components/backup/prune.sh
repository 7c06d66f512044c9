#!/bin/sh
# Keeps the newest $COUNT dumps of $DIRECTORY: their names sort by time.
set -eu
cd "$DIRECTORY"
ls | grep '^keep-' | sort -r | tail -n "+$((COUNT + 1))" | while read -r old; do
    rm -- "$old"
    echo "removed $old"
done
