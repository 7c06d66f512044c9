# Dumps of PostgreSQL: sourced by dump.sh and restore.sh of operations/backup.
EXTENSION=dump
# In a query, SQLAlchemy reads "+" as a space; libpq reads it as "+".
address="postgresql:${DATABASE_CONNECTION_STRING#*:}"
case $address in *\?*) address="${address%%\?*}?$(printf %s "${address#*\?}" | sed 's/+/%20/g')" ;; esac

dump() {
    pg_dump --format=custom --no-owner --no-privileges --file="$1" --dbname="$address"
}

restore() {
    # Tables that are newer than the dump would stay beside it.
    psql --quiet --set=ON_ERROR_STOP=1 --dbname="$address" --command="drop schema public cascade" --command="create schema public"
    pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$address" "$1"
}
