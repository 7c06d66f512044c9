# Included before mysql.sh and postgres.sh: splits DATABASE_CONNECTION_STRING as SQLAlchemy does (lib/sqlalchemy/engine/url.py,
# _parse_url) into $user, $password, $place, $database and $query, which stay percent-encoded.
rest=${DATABASE_CONNECTION_STRING#*://}
user=
password=
begin=${rest%%[:/]*}
case "${rest#"$begin"}" in
:*@*)
    # The password ends at the first @ after a colon. It can contain slashes.
    user=$begin
    rest=${rest#"$begin":}
    password=${rest%%@*}
    rest=${rest#*@}
    ;;
*)
    case "$begin" in
    *@*)
        user=${begin%@*}
        rest=${rest#"$user"@}
        ;;
    esac
    ;;
esac
query=
case "$rest" in *\?*) query=${rest#*\?} ;; esac
rest=${rest%%\?*}
place=${rest%%/*}
database=
case "$rest" in */*) database=${rest#*/} ;; esac
