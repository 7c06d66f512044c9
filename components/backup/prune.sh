#!/bin/sh
# Deletes all but the newest $COUNT dumps of the database $NAME in $DIRECTORY. Their names sort by time. Ignores dumps of other releases,
# empty files, and files with other names.
set -eu
cd "$DIRECTORY"
for file in "$NAME"-*; do
    if [ -f "$file" ] && [ -s "$file" ] && [ ! -L "$file" ]; then echo "$file"; fi
done | grep -Ex "$(echo "$NAME" | sed 's/\./\\./g')-[0-9]{8}T[0-9]{6}Z\.(dump|sql|sqlite)" | sort -r | tail -n "+$((COUNT + 1))" |
    while read -r old; do
        rm -- "$old"
        echo "removed $old"
    done
