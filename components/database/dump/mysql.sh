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

# Prints a parameter of the query, in which SQLAlchemy reads "+" as a space.
parameter() {
    printf '%s' "$query" | tr '&' '\n' | sed -n "s/+/%20/g; s/^$1=//p" | tail -n 1
}

case $place in
\[*) host=${place%%]*} port=${place##*]} ;;
*:*) host=${place%:*} port=:${place##*:} ;;
*) host=$place port= ;;
esac
port=${port#:}
authority=$(decoded "$(parameter ssl_ca)")
checks_name=$(parameter ssl_check_hostname)
options=/tmp/mysql.cnf
(
    umask 077
    {
        echo "[client]"
        option host "${host#\[}"
        option port "${port:-3306}"
        option user "$(decoded "$user")"
        option password "$(decoded "$password")"
        # The verification that PyMySQL uses with these parameters (PyMySQL, connections.py, _create_ssl_ctx).
        if [ -n "$authority" ]; then
            option ssl-ca "$authority"
            [ "$checks_name" = false ] && echo ssl-mode=VERIFY_CA || echo ssl-mode=VERIFY_IDENTITY
        elif [ -n "$checks_name" ]; then
            echo ssl-mode=REQUIRED
        fi
    } >"$options"
)

# Also succeeds if the server rejects the login.
answers() {
    mysqladmin --defaults-extra-file="$options" ping >/dev/null 2>&1
}

# With GTIDs, mysqldump would need the right RELOAD for a lock of all tables, and write statements that need SUPER
# (https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_set-gtid-purged).
dump() {
    mysqldump --defaults-extra-file="$options" --single-transaction --no-tablespaces --set-gtid-purged=OFF \
        --result-file="$1" -- "$database"
}

restore() {
    name=$(printf %s "$database" | sed 's/`/``/g')
    mysql --defaults-extra-file="$options" --execute="drop database \`$name\`; create database \`$name\`"
    mysql --defaults-extra-file="$options" -- "$database" <"$1"
}
