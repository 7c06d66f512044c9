#!/bin/sh
# Copies the dump to $TARGET (a path that rclone knows), and keeps the newest $COUNT dumps of the database $NAME there. Their names sort by
# time. Everything else stays, and is not counted: dumps of other releases, empty files, whatever has another name.
set -eu
rclone copy --no-traverse "$DIRECTORY" "$TARGET"
files=$(rclone lsf --files-only --min-size 1B "$TARGET")
echo "$files" | grep -Ex "$(echo "$NAME" | sed 's/\./\\./g')-[0-9]{8}T[0-9]{6}Z\.(dump|sql|sqlite)" | sort -r | tail -n "+$((COUNT + 1))" |
    while read -r old; do
        rclone deletefile "$TARGET/$old"
        echo "removed $old"
    done
