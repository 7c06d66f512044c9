# Starts the server with an init file that sets the current password of the stack, because the image sets it only when it creates an
# empty database (https://dev.mysql.com/doc/refman/8.4/en/resetting-permissions.html).
for option; do
    case $option in
    --datadir=*) data=${option#--datadir=} ;;
    --password_history=* | --password_reuse_interval=*) restricts_reuse=yes ;;
    esac
done

if [ -d "$data/mysql" ]; then
    file=/var/run/mysqld/password.sql
    umask 077
    # In hexadecimal, so that no character can be interpreted as SQL.
    password="CONVERT(X'$(printf %s "$MYSQL_PASSWORD" | od -An -v -tx1 | tr -d ' \n')' USING utf8mb4)"
    {
        # QUOTE needs backslash escapes, and the general log would contain the password.
        echo "SET NAMES utf8mb4;"
        echo "SET SESSION sql_mode = '', sql_log_off = ON;"
        for user in "''$MYSQL_USER''@''%''" "''root''@''localhost''" "''root''@''%''"; do
            # Otherwise mysqld rejects the password that it has already (ER_CREDENTIALS_CONTRADICT_TO_HISTORY) and does not start.
            # MySQL 5.7 does not have these clauses, nor the options.
            if [ -n "${restricts_reuse-}" ]; then
                echo "ALTER USER IF EXISTS $user PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY;" | tr -s "'"
            fi
            echo "SET @statement = CONCAT('ALTER USER IF EXISTS $user IDENTIFIED BY ', QUOTE($password));"
            echo "PREPARE statement FROM @statement;"
            echo "EXECUTE statement;"
        done
    } >"$file"
    set -- "--init-file=$file" "$@"
fi
exec docker-entrypoint.sh mysqld "$@"
