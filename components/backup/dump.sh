#!/bin/sh
# Writes one dump of the database that DATABASE_CONNECTION_STRING names to $DIRECTORY, as $NAME-<time>. An unfinished dump has another
# name. database.sh, which comes from the database's engine, makes it.
set -eu
umask 077
. "$(dirname "$0")/database.sh"
await_server
file="$NAME-$(date -u +%Y%m%dT%H%M%SZ).$EXTENSION"
dump "$DIRECTORY/.partial"
mv "$DIRECTORY/.partial" "$DIRECTORY/$file"
echo "wrote $file"
