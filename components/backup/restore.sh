#!/bin/sh
# Puts the dump $FILE of $DIRECTORY into the database that DATABASE_CONNECTION_STRING names, in the place of all that is in it.
set -eu
dump="$DIRECTORY/$FILE"
[ -s "$dump" ] || { echo "there is no dump $FILE; there are:" && ls "$DIRECTORY" && exit 1; }
. "$(dirname "$0")/database.sh"
await_server
restore "$dump"
echo "restored $FILE"
