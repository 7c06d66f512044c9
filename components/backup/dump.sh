#!/bin/sh
# Writes one dump of the database that DATABASE_CONNECTION_STRING names to $DIRECTORY. What is not finished has another name.
set -eu
umask 077
at=$(date -u +%Y%m%dT%H%M%SZ)
case "$DATABASE_CONNECTION_STRING" in
postgresql*)
    file="keep-$at.dump"
    pg_dump --format=custom --no-owner --no-privileges --file="$DIRECTORY/.partial" \
        --dbname="postgresql:${DATABASE_CONNECTION_STRING#*:}"
    ;;
mysql*)
    file="keep-$at.sql"
    . "$(dirname "$0")/mysql.sh"
    mysqldump --defaults-extra-file="$options" --single-transaction --no-tablespaces --result-file="$DIRECTORY/.partial" "$database"
    ;;
sqlite*)
    file="keep-$at.sqlite"
    # SQLite's own backup: whole, although Keep goes on writing.
    path=${DATABASE_CONNECTION_STRING#sqlite:///}
    python -c 'import sqlite3, sys
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(target)' "${path%%\?*}" "$DIRECTORY/.partial"
    ;;
esac
mv "$DIRECTORY/.partial" "$DIRECTORY/$file"
echo "wrote $file"
