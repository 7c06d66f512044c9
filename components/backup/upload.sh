#!/bin/sh
# Copies the dump to $TARGET (a path that rclone knows), and keeps the newest $COUNT there: their names sort by time.
set -eu
rclone copy --no-traverse "$DIRECTORY" "$TARGET"
rclone lsf --files-only "$TARGET" | grep '^keep-' | sort -r | tail -n "+$((COUNT + 1))" | while read -r old; do
    rclone deletefile "$TARGET/$old"
    echo "removed $old"
done
