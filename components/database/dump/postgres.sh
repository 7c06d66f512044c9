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
database=$(printf %s "$database" | sed 's/%/%25/g')
address="postgresql://${login:+$login@}$place/$database${query:+?$query}"

answers() {
    pg_isready --quiet --dbname="$address"
}

dump() {
    pg_dump --format=custom --no-owner --no-privileges --file="$1" --dbname="$address"
}

# Prints SQL that empties the database, also of what the dump does not contain: those tables would be kept, and a schema with the name of
# the user comes before "public" in the search path. Extensions stay, because many of them can be created by a superuser only.
clear_sql() {
    cat <<'END'
do $$
declare
    object record;
begin
    for object in
        select type, identity
        from pg_depend d join pg_namespace n on refclassid = 'pg_namespace'::regclass and refobjid = n.oid,
        pg_identify_object(classid, objid, 0)
        where nspname !~ '^pg_' and nspname <> 'information_schema'
        and classid not in ('pg_extension'::regclass, 'pg_default_acl'::regclass)
        and not exists (select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')
    loop
        execute format('drop %s if exists %s cascade', object.type, object.identity);
    end loop;
    for object in
        select nspname as name
        from pg_namespace n
        where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') and pg_has_role(nspowner, 'usage')
        and not exists (select from pg_depend where refclassid = 'pg_namespace'::regclass and refobjid = n.oid)
        and not exists (select from pg_depend e where classid = 'pg_namespace'::regclass and objid = n.oid and deptype = 'e')
    loop
        execute format('drop schema %I', object.name);
    end loop;
end $$;
END
}

# One transaction: if the restore fails or is interrupted, the database is unchanged. psql would also commit an incomplete script, so
# pg_restore has succeeded before the commit, and psql prints a word after it.
restore() {
    result=$({
        echo "set client_min_messages = warning; begin;"
        clear_sql
        pg_restore --no-owner --no-privileges --no-comments --file=- "$1" && printf '%s\n' "commit;" '\echo restored'
    } | psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --output=/dev/null --dbname="$address")
    [ "$result" = restored ]
}
