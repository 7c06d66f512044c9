# Starts the server, and lets it give its users the password that the stack has now: the image looks at it only when it makes an
# empty database. The way is that of https://dev.mysql.com/doc/refman/8.4/en/resetting-permissions.html.
for option; do
    case $option in --datadir=*) data=${option#--datadir=} ;; esac
done

if [ -d "$data/mysql" ]; then
    file=/var/run/mysqld/password.sql
    quoted=$(printf %s "$MYSQL_PASSWORD" | sed "s/[\\\\']/\\\\&/g")
    umask 077
    for user in "'$MYSQL_USER'@'%'" "'root'@'localhost'" "'root'@'%'"; do
        printf "ALTER USER IF EXISTS %s IDENTIFIED BY '%s';\n" "$user" "$quoted"
    done >"$file"
    set -- "--init-file=$file" "$@"
fi
exec docker-entrypoint.sh mysqld "$@"
