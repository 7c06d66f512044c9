#!/bin/sh
# Fetches the dump $FILE from $TARGET, for restore.sh. rclone takes a name that is absent in a bucket for an empty folder, and copies nothing.
set -eu
rclone copy "$TARGET/$FILE" "$DIRECTORY"
[ -s "$DIRECTORY/$FILE" ] || { echo "there is no dump $FILE; there are:" && rclone lsf "$TARGET" && exit 1; }
