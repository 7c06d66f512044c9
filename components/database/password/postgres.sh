# Gives the server's user the password that the stack has now, before the server starts: the image looks at it only when it makes
# an empty database. Single-user mode asks for no password (https://www.postgresql.org/docs/current/app-postgres.html).
[ -s "$PGDATA/PG_VERSION" ] || exit 0

quoted=$(printf %s "$POSTGRES_PASSWORD" | sed "s/'/''/g")
# The statement is kept out of the log, also where it fails; single-user mode ends well even then.
if ! output=$(printf "ALTER ROLE \"%s\" PASSWORD '%s'\n" "$POSTGRES_USER" "$quoted" |
    postgres --single -D "$PGDATA" -c log_statement=none -c log_min_error_statement=panic postgres 2>&1) ||
    echo "$output" | grep -Eq "ERROR:|FATAL:"; then
    echo "$output" >&2
    exit 1
fi
