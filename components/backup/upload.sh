#!/bin/sh
# Uploads the dump to $TARGET, a path of rclone, and deletes all but the newest $COUNT dumps of the database $NAME there. Their names sort
# by time. Ignores dumps of other releases, empty files, and files with other names.
set -eu
rclone copy --no-traverse "$DIRECTORY" "$TARGET"
files=$(rclone lsf --files-only --min-size 1B "$TARGET")
echo "$files" | grep -Ex "$(echo "$NAME" | sed 's/\./\\./g')-[0-9]{8}T[0-9]{6}Z\.(dump|sql|sqlite)" | sort -r | tail -n "+$((COUNT + 1))" |
    while read -r old; do
        rclone deletefile "$TARGET/$old"
        echo "removed $old"
    done
