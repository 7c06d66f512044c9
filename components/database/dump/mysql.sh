# Dumps of MySQL, sourced by dump.sh and restore.sh in components/backup. The clients read the address from an option file, because
# arguments are visible to other processes.
EXTENSION=sql

# Decodes percent-encoding, with octal escapes, the only ones in a POSIX shell.
decoded() {
    text=$1
    while :; do
        case $text in *%[0-9A-Fa-f][0-9A-Fa-f]*) ;; *) break ;; esac
        before=${text%%"%"[0-9A-Fa-f][0-9A-Fa-f]*}
        text=${text#"$before%"}
        printf "%s\\$(printf %03o "0x${text%"${text#??}"}")" "$before"
        text=${text#??}
    done
    printf %s "$text"
}

# Quotes a value for an option file (https://dev.mysql.com/doc/refman/8.4/en/option-files.html), in which "#" begins a comment.
option() {
    printf '%s="%s"\n' "$1" "$(printf %s "$2" | sed 's/["\\]/\\&/g')"
}

# Prints a parameter of the query, in which SQLAlchemy reads "+" as a space. $1 is a pattern for its name.
parameter() {
    printf '%s\n' "$query" | tr '&' '\n' | sed -nE "s/\\+/%20/g; s/^($1)=//p" | tail -n 1
}

# Writes an option if it has a value.
optional() {
    if [ -n "$2" ]; then option "$1" "$(decoded "$2")"; fi
}

case $place in
\[*) host=${place%%]*} port=${place##*]} ;;
*:*) host=${place%:*} port=:${place##*:} ;;
*) host=$place port= ;;
esac
port=${port#:}
host=${host#\[}
# Parameters take precedence (lib/sqlalchemy/dialects/mysql/mysqldb.py, create_connect_args).
given=$(parameter host)
host=${given:-$host}
given=$(parameter user)
user=${given:-$user}
given=$(parameter 'password|passwd')
password=${given:-$password}
given=$(parameter 'database|db')
if [ -n "$given" ]; then database=$(decoded "$given"); fi
socket=$(parameter unix_socket)
authority=$(decoded "$(parameter ssl_ca)")
certificate=$(parameter ssl_cert)
# SQLAlchemy reads it by lib/sqlalchemy/util/langhelpers.py, asbool.
checks_name=$(decoded "$(parameter ssl_check_hostname)" | tr -d '[:space:]' | tr '[:upper:]' '[:lower:]')
options=/tmp/mysql.cnf
(
    umask 077
    {
        echo "[client]"
        if [ -n "$socket" ]; then
            echo protocol=SOCKET
            optional socket "$socket"
        else
            option host "$(decoded "$host")"
            option port "${port:-3306}"
        fi
        option user "$(decoded "$user")"
        option password "$(decoded "$password")"
        # The verification that PyMySQL uses with these parameters (PyMySQL, connections.py, _create_ssl_ctx).
        if [ -n "$authority" ]; then
            option ssl-ca "$authority"
            case $checks_name in
            false | no | off | n | f | 0) echo ssl-mode=VERIFY_CA ;;
            *) echo ssl-mode=VERIFY_IDENTITY ;;
            esac
        elif [ -n "$checks_name$certificate" ]; then
            echo ssl-mode=REQUIRED
        fi
        optional ssl-cert "$certificate"
        optional ssl-key "$(parameter ssl_key)"
        # One statement reads a table, so that it may take longer than the limit of the server. A client without the option ignores it
        # ("loose", https://dev.mysql.com/doc/refman/8.4/en/option-modifiers.html).
        echo "[mysqldump]"
        option loose-init-command "SET SESSION max_execution_time = 0"
    } >"$options"
)

# Also succeeds if the server rejects the login.
answers() {
    mysqladmin --defaults-extra-file="$options" ping >/dev/null 2>&1
}

# Prints what new tables of the database have by default. A foreign key needs columns of the same collation.
collation() {
    mysql --defaults-extra-file="$options" --batch --skip-column-names --execute="
        select concat('character set ', default_character_set_name, ' collate ', default_collation_name)
        from information_schema.schemata where schema_name = database()" -- "$database"
}

# With GTIDs, mysqldump would need the right RELOAD for a lock of all tables, and write statements that need SUPER
# (https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_set-gtid-purged).
dump() {
    mysqldump --defaults-extra-file="$options" --single-transaction --no-tablespaces --set-gtid-purged=OFF \
        --result-file="$1" -- "$database"
    collation=$(collation)
    echo "alter database $collation;" >>"$1"
}

restore() {
    name=$(printf %s "$database" | sed 's/`/``/g')
    # Dumps of earlier versions do not contain the collation.
    collation=$(collation)
    mysql --defaults-extra-file="$options" --execute="drop database \`$name\`; create database \`$name\` $collation"
    mysql --defaults-extra-file="$options" -- "$database" <"$1"
}
