# Sourced by dump.sh and restore.sh: sets $database, and $options to a file that holds what DATABASE_CONNECTION_STRING says of the
# server. A file, because arguments are seen by others.
address=${DATABASE_CONNECTION_STRING#*://}
decoded() { printf '%b' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g')"; }
login=${address%@*}
rest=${address##*@}
place=${rest%%/*}
database=${rest#*/}
database=${database%%\?*}
case "$place" in *:*) port=${place##*:} ;; *) port=3306 ;; esac
options=/tmp/mysql.cnf
(
    umask 077
    printf '[client]\nhost=%s\nport=%s\nuser="%s"\npassword="%s"\n' \
        "${place%:*}" "$port" "$(decoded "${login%%:*}")" "$(decoded "${login#*:}")" > "$options"
)
