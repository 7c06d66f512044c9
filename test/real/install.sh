#!/bin/sh
# Installs what test:real runs, into ~/.cache/keep-real (or $KEEP_REAL): Keep 0.54.2 from PyPI with the versions of its own lock file,
# and Soketi 1.6.1 from npm. PostgreSQL and Redis come from the system (Debian: postgresql redis-server). About 2 GB, 10 minutes.
set -e
here=$(cd "$(dirname "$0")" && pwd)
to=${KEEP_REAL:-$HOME/.cache/keep-real}
python=${PYTHON:-python3}
mkdir -p "$to/soketi"
if [ ! -x "$to/venv/bin/python" ]; then
    "$python" -m venv "$to/venv"
fi
# Without the resolver: the list is Keep's lock file, complete, and some of its packages disagree about others.
"$to/venv/bin/pip" install --quiet --no-deps -r "$here/install/keep.txt"
cp "$here/install/soketi.json" "$to/soketi/package.json"
(cd "$to/soketi" && npm install --no-audit --no-fund --ignore-scripts)
