#!/bin/sh
# Puts the dump $FILE of $DIRECTORY into the database that DATABASE_CONNECTION_STRING names, in the place of all that is in it.
set -eu
dump="$DIRECTORY/$FILE"
[ -s "$dump" ] || { echo "there is no dump $FILE; there are:" && ls "$DIRECTORY" && exit 1; }
case "$DATABASE_CONNECTION_STRING" in
postgresql*)
    address="postgresql:${DATABASE_CONNECTION_STRING#*:}"
    # Tables that are newer than the dump would stay beside it.
    psql --quiet --set=ON_ERROR_STOP=1 --dbname="$address" --command="drop schema public cascade" --command="create schema public"
    pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$address" "$dump"
    ;;
mysql*)
    . "$(dirname "$0")/mysql.sh"
    mysql --defaults-extra-file="$options" --execute="drop database \`$database\`; create database \`$database\`"
    mysql --defaults-extra-file="$options" "$database" < "$dump"
    ;;
sqlite*)
    path=${DATABASE_CONNECTION_STRING#sqlite:///}
    python -c 'import sqlite3, sys
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(target)' "$dump" "${path%%\?*}"
    ;;
esac
echo "restored $FILE"
