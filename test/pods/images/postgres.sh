#!/bin/bash
# What docker-library's entrypoint does with the variables that a pod sets: the first start as the pod's user makes the database.
set -Eeuo pipefail
[ "${1#-}" = "${1:-}" ] || set -- postgres "$@"
if [ "${1:-}" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA"
    password=${POSTGRES_PASSWORD:-}
    [ -z "${POSTGRES_PASSWORD_FILE:-}" ] || password=$(cat "$POSTGRES_PASSWORD_FILE")
    user=${POSTGRES_USER:-postgres}
    # initdb wants an entry in the user table, which an arbitrary user of OpenShift lacks; the published image brings it the same way.
    if ! getent passwd "$(id -u)" >/dev/null; then
        library=$(find /usr/lib -name libnss_wrapper.so -print -quit)
        if [ -n "$library" ]; then
            NSS_WRAPPER_PASSWD=$(mktemp)
            NSS_WRAPPER_GROUP=$(mktemp)
            echo "postgres:x:$(id -u):$(id -g):PostgreSQL:$PGDATA:/bin/false" >"$NSS_WRAPPER_PASSWD"
            echo "postgres:x:$(id -g):" >"$NSS_WRAPPER_GROUP"
            export LD_PRELOAD="$library" NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
        fi
    fi
    initdb --username="$user" --pwfile=<(printf '%s\n' "$password") ${POSTGRES_INITDB_ARGS:-}
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
    if [ "${POSTGRES_DB:-$user}" != postgres ]; then
        PGPASSWORD=$password createdb --username="$user" --no-password --maintenance-db=postgres "${POSTGRES_DB:-$user}"
    fi
    pg_ctl -D "$PGDATA" -m fast -w stop
    unset LD_PRELOAD NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
fi
exec "$@"
