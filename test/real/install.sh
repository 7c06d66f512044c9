#!/bin/sh
# Installs what test:real runs, into ~/.cache/keep-real (or $KEEP_REAL): Keep 0.54.2 from PyPI with the versions of its own lock file,
# and Soketi 1.6.1 from npm. PostgreSQL and Redis come from the system (Debian: postgresql redis-server). With Go, also rclone of the version
# of its image, and emulators of the object stores of Google and Azure. About 2.5 GB, 15 minutes.
# For the sign-in of Auth0 and Entra ID, copy the directory ee of Keep's repository at 0.54.2 into the venv's site-packages.
# MySQL comes from the system too, or from the path in KEEP_MYSQLD. Debian stable has only MariaDB, where Keep's migrations fail.
set -e
here=$(cd "$(dirname "$0")" && pwd)
to=${KEEP_REAL:-$HOME/.cache/keep-real}
# The Python of Keep's image: another one has other errors, such as that of a user without a name, which 3.13 raises.
is_it() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }
mkdir -p "$to/soketi"
if ! is_it "$to/venv/bin/python"; then
    for candidate in "${PYTHON:-python3.13}" python3 "$HOME"/.pyenv/versions/3.13.*/bin/python; do
        if is_it "$candidate"; then python=$candidate; fi
    done
    if [ -z "${python:-}" ]; then
        echo "Keep's image has Python 3.13, which is not here: install it (Debian 13: python3.13-venv), or set PYTHON to one." >&2
        exit 1
    fi
    rm -rf "$to/venv"
    "$python" -m venv "$to/venv"
fi
# Without the resolver: the list is Keep's lock file, complete, and some of its packages disagree about others.
"$to/venv/bin/pip" install --quiet --no-deps -r "$here/install/keep.txt"
cp "$here/install/soketi.json" "$to/soketi/package.json"
(cd "$to/soketi" && npm install --no-audit --no-fund --ignore-scripts)
if command -v go >/dev/null; then
    rclone=$(sed -nE 's|.*docker.io/rclone/rclone:([0-9.]+).*|\1|p' "$here/../../components/fields/images.ts")
    for module in "rclone/rclone@v$rclone" fsouza/fake-gcs-server@v1.56.1; do
        GOBIN=$to/bin go install "github.com/$module"
    done
    mkdir -p "$to/azurite"
    (cd "$to/azurite" && npm install --no-audit --no-fund --ignore-scripts azurite@3.37.0)
fi
