"""Logs in to the database as Keep would, and writes the result as JSON to the termination message of the pod."""

import json
import os

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

# A query for each server: its version, the sessions that this user may have, the sessions of other users, and whether it lets Keep's
# migrations create tables. For MySQL, the rights of the user are not looked up: they may come from roles and patterns.
QUERIES = {
    # https://www.postgresql.org/docs/current/runtime-config-connection.html; the limits of a role and a database are -1 if they are not set.
    "postgresql": """
        select current_setting('server_version'),
            least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - coalesce(current_setting('reserved_connections', true)::int, 0),
                (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
                (select nullif(datconnlimit, -1) from pg_database where datname = current_database())),
            (select count(*) from pg_stat_activity where usename <> current_user),
            coalesce(has_schema_privilege(current_schema(), 'create'), false) and current_setting('transaction_read_only') = 'off'
                and not exists (select 1 from pg_tables where schemaname = current_schema() and tablename = 'alembic_version'
                    and not pg_has_role(tableowner, 'usage'))""",
    # https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html; max_user_connections is 0 if it is not set.
    "mysql": """
        select version(), least(@@max_connections, coalesce(nullif(@@max_user_connections, 0), @@max_connections)),
            greatest(0, (select variable_value from performance_schema.global_status where variable_name = 'Threads_connected')
                - (select count(*) from information_schema.processlist where user = substring_index(current_user(), '@', 1))),
            not exists (select 1 from performance_schema.session_variables where variable_value = 'ON'
                and variable_name in ('sql_require_primary_key', 'sql_generate_invisible_primary_key'))""",
    # SQL Server does not show its sessions to a user without special rights.
    "mssql": """
        select cast(serverproperty('ProductVersion') as varchar(40)), @@max_connections, 0,
            has_perms_by_name(quotename(db_name()), 'DATABASE', 'CREATE TABLE')""",
}


def login():
    try:
        with create_engine(os.environ["DATABASE_CONNECTION_STRING"]).connect() as connection:
            version, limit, others, migrates = connection.execute(text(QUERIES[connection.dialect.name])).one()
            return {"version": version, "limit": int(limit), "others": int(others), "migrates": bool(migrates)}
    except DBAPIError as error:
        return {"error": str(error.orig).strip()}
    except Exception as error:
        # The text of the error may contain the address with the password.
        return {"error": f"{type(error).__name__}: the address of the database cannot be read"}


with open("/dev/termination-log", "w", encoding="utf-8") as report:
    json.dump(login(), report)
