#!/bin/sh
# Fetches the dump $FILE from $TARGET, for restore.sh.
set -eu
rclone copy "$TARGET/$FILE" "$DIRECTORY"
