# Dumps of MySQL: sourced by dump.sh and restore.sh of operations/backup. The clients read the address from an option file, because
# other processes can see arguments.
EXTENSION=sql

# Text without its percent-encoding. Octal escapes, since a POSIX shell has no others.
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

# A value of an option file (https://dev.mysql.com/doc/refman/8.4/en/option-files.html): quoted, so that "#" begins no comment.
option() {
    printf '%s="%s"\n' "$1" "$(printf %s "$2" | sed 's/["\\]/\\&/g')"
}

address=${DATABASE_CONNECTION_STRING#*://}
login=${address%@*}
rest=${address##*@}
server=${rest%%/*}
database=${rest#*/}
database=${database%%\?*}
case $server in
*]) port=3306 ;;
*:*) port=${server##*:} server=${server%:*} ;;
*) port=3306 ;;
esac
# An IPv6 address has brackets in a URL only.
server=${server#[}
options=/tmp/mysql.cnf
(
    umask 077
    {
        echo "[client]"
        option host "${server%]}"
        option port "$port"
        option user "$(decoded "${login%%:*}")"
        option password "$(decoded "${login#*:}")"
    } >"$options"
)

dump() {
    mysqldump --defaults-extra-file="$options" --single-transaction --no-tablespaces --result-file="$1" "$database"
}

restore() {
    mysql --defaults-extra-file="$options" --execute="drop database \`$database\`; create database \`$database\`"
    mysql --defaults-extra-file="$options" "$database" <"$1"
}
