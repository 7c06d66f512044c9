# Dumps of PostgreSQL, sourced by dump.sh and restore.sh in components/backup.
EXTENSION=dump
# The URL in the syntax of libpq (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS): unlike in
# SQLAlchemy, a slash ends the login, "+" is not a space, a single "%" is an error, and the name of the database is percent-encoded.
whole() {
    sed 's/%/%25/g; s/%25\([0-9A-Fa-f][0-9A-Fa-f]\)/%\1/g'
}
encoded() {
    printf %s "$1" | whole | sed 's|/|%2F|g; s/@/%40/g'
}
login=$(encoded "$user")${password:+:$(encoded "$password")}
query=$(printf %s "$query" | whole | sed 's/+/%20/g')
database=$(printf %s "$database" | sed 's/%/%25/g')
address="postgresql://${login:+$login@}$place/$database${query:+?$query}"

answers() {
    pg_isready --quiet --dbname="$address"
}

dump() {
    pg_dump --format=custom --no-owner --no-privileges --file="$1" --dbname="$address"
}

restore() {
    # Otherwise, tables that the dump does not contain would be kept.
    psql --quiet --set=ON_ERROR_STOP=1 --dbname="$address" --command="drop schema public cascade" --command="create schema public"
    pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$address" "$1"
}
