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
# SQLAlchemy also splits a parameter at its first "=", and leaves out one without a value (parse_qsl of Python's urllib).
query=$(printf '%s\n' "$query" | tr '&' '\n' | whole | sed -n 's/+/%20/g; s/=/%3D/g; s/%3D\(.\)/=\1/p' | paste -s -d '&' -)
# SQLAlchemy reads several parameters "host", each with its port (lib/sqlalchemy/dialects/postgresql/_psycopg_common.py,
# _split_multihost_from_url). libpq reads such hosts only in place of one.
hosts=$(printf '%s\n' "$query" | tr '&' '\n' | sed -n 's/%3[Aa]/:/g; s/^host=//p' | paste -s -d , -)
case $hosts in
/* | %2[Ff]*) ;;
*:* | *,*)
    place=$hosts
    query=$(printf '%s\n' "$query" | tr '&' '\n' | sed '/^host=/d' | paste -s -d '&' -)
    ;;
esac
# keep:backup.server. A later parameter overrides an earlier one, and the host and port before the query.
if [ -n "${DUMP_HOST:-}" ]; then query="${query:+$query&}host=$DUMP_HOST&port=$DUMP_PORT&hostaddr="; fi
database=$(printf %s "$database" | sed 's/%/%25/g')
address="postgresql://${login:+$login@}$place/$database${query:+?$query}"

answers() {
    pg_isready --quiet --dbname="$address"
}

# The dump lacks what Keep does not use and a restore could not replace: schemas of others, such as those of an operator, publications,
# and large objects, in which pg_restore commits.
dump() {
    others=$(ask "select '--exclude-schema=' || quote_ident(nspname) from pg_namespace n where $IS_OF_OTHERS and $NOT_SYSTEM
        and not exists (select from pg_depend d where refclassid = 'pg_namespace'::regclass and refobjid = n.oid and $IS_OWN)") || return 1
    (
        IFS='
'
        pg_dump --format=custom --no-owner --no-privileges --no-blobs --no-publications --no-subscriptions $others --file="$1" --dbname="$address"
    )
}

ask() {
    psql --quiet --no-psqlrc --no-align --tuples-only --dbname="$address" --command="$1"
}

# Conditions of SQL, on a schema n, and on an object d. Objects of the first superuser, whose id is 10, have no owner in pg_shdepend.
NOT_SYSTEM="nspname !~ '^pg_' and nspname not in ('information_schema', 'public')"
IS_OF_OTHERS="not pg_has_role(nspowner, 'usage')"
IS_OWN="pg_has_role(coalesce((select s.refobjid from pg_shdepend s, pg_database where datname = current_database() and s.dbid = pg_database.oid
    and s.classid = d.classid and s.objid = d.objid and s.deptype = 'o'), 10), 'usage')"
# Schemas of others, such as those of an operator, stay. So do the user's, if it must not create them again.
IS_KEPT="($IS_OF_OTHERS or nspname = 'public' or not has_database_privilege(current_database(), 'create'))"

# Prints SQL that empties the database, also of what the dump does not contain: those tables would be kept, and a schema with the name of
# the user comes before "public" in the search path. Extensions stay, because many of them can be created by a superuser only.
# Parts of other objects, such as the sequence of an identity column, are dropped with them.
clear_sql() {
    cat <<END
do \$\$
declare
    object record;
begin
    for object in
        select replace(type, 'statistics object', 'statistics') as type, identity
        from pg_depend d join pg_namespace n on refclassid = 'pg_namespace'::regclass and refobjid = n.oid,
        pg_identify_object(classid, objid, 0)
        where (nspname = 'public' or $NOT_SYSTEM) and $IS_OWN
        and classid not in ('pg_extension'::regclass, 'pg_default_acl'::regclass)
        and not exists (select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.objsubid = 0 and e.deptype in ('e', 'i'))
    loop
        execute format('drop %s if exists %s cascade', object.type, object.identity);
    end loop;
    for object in
        select nspname as name
        from pg_namespace n
        where $NOT_SYSTEM and not $IS_KEPT
        and not exists (select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = n.oid)
        and not exists (select from pg_depend e where classid = 'pg_namespace'::regclass and objid = n.oid and deptype = 'e')
    loop
        execute format('drop schema %I', object.name);
    end loop;
end \$\$;
END
}

# Prints SQL of pg_restore that servers of earlier versions accept as well. pg_restore 17 and later unsets transaction_timeout, which servers
# before 17 do not have (src/bin/pg_dump/pg_backup_archiver.c, _doSetFixedOutputState). Lines after the header can be data.
for_any_server() {
    sed "1,/^SET standard_conforming_strings/s/^SET transaction_timeout = 0;/select set_config(name, '0', false) from pg_settings where name = 'transaction_timeout';/"
}

# One transaction: if the restore fails or is interrupted, the database is unchanged. psql would also commit an incomplete script, so
# pg_restore has succeeded before the commit, and psql prints a word after it. Comments of schemas and extensions need their owner.
restore() {
    content=$(pg_restore --list "$1") && kept=$(ask "select ' SCHEMA - ' || nspname || ' ' from pg_namespace where $IS_KEPT") || return 1
    result=$({
        echo "set client_min_messages = warning; begin;"
        clear_sql
        echo "$content" | grep -vF " COMMENT - 
 EVENT TRIGGER - 
$kept" | pg_restore --no-owner --no-privileges --use-list=/dev/stdin --file=- "$1" && printf '%s\n' "commit;" '\echo restored'
    } | for_any_server | psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --output=/dev/null --dbname="$address")
    [ "$result" = restored ]
}
