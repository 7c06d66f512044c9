#!/bin/sh
# Replaces the content of the database at DATABASE_CONNECTION_STRING by the dump $FILE in $DIRECTORY.
set -eu
dump="$DIRECTORY/$FILE"
[ -s "$dump" ] || { echo "there is no dump $FILE; there are:" && ls "$DIRECTORY" && exit 1; }
. "$(dirname "$0")/database.sh"
await_server
restore "$dump"
echo "restored $FILE"
