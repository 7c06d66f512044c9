#!/bin/sh
# Writes a dump of the database at DATABASE_CONNECTION_STRING to $DIRECTORY, as $NAME-<time>. An incomplete dump has another name.
# The functions are in database.sh, which depends on the database engine.
set -eu
umask 077
. "$(dirname "$0")/database.sh"
await_server
file="$NAME-$(date -u +%Y%m%dT%H%M%SZ).$EXTENSION"
dump "$DIRECTORY/.partial"
mv "$DIRECTORY/.partial" "$DIRECTORY/$file"
echo "wrote $file"
