# Sets the current password of the stack before the server starts, because the image sets it only when it creates an empty database.
# Single-user mode needs no password (https://www.postgresql.org/docs/current/app-postgres.html).
[ -s "$PGDATA/PG_VERSION" ] || exit 0

# The statement reads both from files, so that their text cannot be interpreted as SQL.
directory=/var/run/postgresql/password
umask 077
mkdir -p "$directory"
printf %s "$POSTGRES_USER" >"$directory/user"
printf %s "$POSTGRES_PASSWORD" >"$directory/password"
value() { echo "pg_read_file(''$directory/$1'')"; }
statement="DO 'BEGIN EXECUTE format(''ALTER ROLE %I PASSWORD %L'', $(value user), $(value password)); END'"

# A terse log has no statement, also where it fails; single-user mode exits with 0 even then.
if ! output=$(echo "$statement" | postgres --single -D "$PGDATA" -c log_statement=none -c log_min_error_statement=panic \
    -c log_error_verbosity=terse postgres 2>&1) || echo "$output" | grep -Eq "ERROR:|FATAL:"; then
    echo "$output" >&2
    rm -r "$directory"
    exit 1
fi
rm -r "$directory"
