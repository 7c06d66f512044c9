# Dumps of SQLite, sourced by dump.sh and restore.sh in components/backup. SQLite's backup is consistent while Keep writes.
EXTENSION=sqlite
path=${DATABASE_CONNECTION_STRING#sqlite:///}
path=${path%%\?*}

copy() {
    python -c 'import sqlite3, sys
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
source.backup(target)' "$1" "$2"
}

dump() {
    copy "$path" "$1"
}

restore() {
    copy "$1" "$path"
}

await_server() { :; }
