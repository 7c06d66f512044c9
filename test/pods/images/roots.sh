#!/bin/sh
# Makes the root folders of the images: roots.sh <folder> <image>... What an image adds to the base is <folder>/<image>/layer.
# Debian 13 has the versions that the published images have: Python 3.13, PostgreSQL 17, Valkey 8.1. What of those images is
# imitated, and where it is written, stands in ../published.ts. Needs root, debootstrap, npm and go.
set -eu
[ -n "${KEEP_IMAGES_MOUNTS:-}" ] || KEEP_IMAGES_MOUNTS=own exec unshare --mount --propagation private sh "$0" "$@"
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
shift

# The base and whatever else is one folder without the base below it.
alone() {
    rm -rf "$folder/$1"
    mkdir -p "$folder/$1/partial"
    "make_$1" "$folder/$1/partial" >"$folder/$1/log" 2>&1
    mv "$folder/$1/partial" "$folder/$1/layer"
}

# An image over the base: its function fills the root, and what it changed is the layer.
over_base() {
    rm -rf "$folder/$1"
    mkdir -p "$folder/$1/partial" "$folder/$1/work" "$folder/$1/root"
    root=$folder/$1/root
    mount -t overlay overlay -o "lowerdir=$folder/base/layer,upperdir=$folder/$1/partial,workdir=$folder/$1/work" "$root"
    # Programs inside reach registries as those outside do, and pip keeps what it has loaded.
    mkdir -p "$root/root/.cache/pip" "$HOME/.cache/pip"
    for path in /etc/resolv.conf /etc/ssl/certs /proc /dev "$HOME/.cache/pip:/root/.cache/pip"; do
        mount --bind "${path%:*}" "$root${path#*:}"
    done
    "make_$1" "$root" >"$folder/$1/log" 2>&1
    umount -R "$root"
    (cd "$folder/$1/partial" && rm -rf root/.cache tmp/* var/cache/apt var/lib/apt/lists var/log/* usr/share/doc usr/share/man)
    # None of the published images has bytecode: each process compiles what it imports, or finds it in a folder that it may write to.
    find "$folder/$1/partial" -name __pycache__ -type d -prune -exec rm -rf {} +
    mv "$folder/$1/partial" "$folder/$1/layer"
}

debian() { # debian <root> <package>...
    inside=$1
    shift
    chroot "$inside" env DEBIAN_FRONTEND=noninteractive sh -euc 'apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"' sh "$@"
}

make_base() {
    debootstrap --variant=minbase --include=ca-certificates trixie "$1" http://deb.debian.org/debian
    rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/usr/share/doc "$1"/usr/share/man "$1"/usr/share/locale
}

# For pods of the suite itself: the folders that a volume is made of, and probing a network.
make_busybox() {
    mkdir "$1/bin"
    cp -L "$(command -v busybox)" "$1/bin/busybox"
    for applet in $(busybox --list); do [ -e "$1/bin/$applet" ] || ln -s busybox "$1/bin/$applet"; done
}

make_pause() {
    (cd "$here/pause" && CGO_ENABLED=0 GOWORK=off GO111MODULE=off go build -trimpath -ldflags "-s -w" -o "$1/pause" main.go)
}

make_backend() {
    debian "$1" bash libstdc++6 python3.13 python3.13-venv
    chroot "$1" sh -euc '
        groupadd --gid 1000 keep
        useradd --uid 1000 --gid keep --shell /bin/sh --create-home keep
        python3.13 -m venv /venv
        mkdir /app'
    cp "$here/../../real/install/keep.txt" "$1/tmp/keep.txt"
    # Some of them have no wheel for Python 3.13 and are compiled, as the published image does.
    debian "$1" gcc g++ libc6-dev python3.13-dev
    # Without the resolver: the list is Keep's lock file, complete, and some of its packages disagree about others.
    chroot "$1" env SSL_CERT_DIR=/etc/ssl/certs /venv/bin/pip install --quiet --no-deps --no-compile -r /tmp/keep.txt
    chroot "$1" apt-get purge -qq -y --autoremove gcc g++ libc6-dev python3.13-dev
    chmod 755 "$1"/venv/lib/python3.13/site-packages/keep/entrypoint.sh
    chroot "$1" sh -euc 'chown -R keep:keep /app /venv && chmod -R g=u /app'
}

make_postgres() {
    chroot "$1" sh -euc '
        groupadd --system --gid 999 postgres
        useradd --system --gid postgres --uid 999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf'
    debian "$1" postgresql-17 libnss-wrapper
    install -d -o 999 -g 999 -m 1777 "$1/var/lib/postgresql/data"
    install -d -o 999 -g 999 -m 3777 "$1/run/postgresql"
    # As in the published image: the sample that initdb copies listens on every address.
    sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/" "$1/usr/share/postgresql/17/postgresql.conf.sample"
    install -m 755 "$here/postgres.sh" "$1/usr/local/bin/docker-entrypoint.sh"
}

make_cloudnativepg() {
    mkdir -p "$1/etc/postgresql-common"
    echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.conf"
    debian "$1" postgresql-17
    chroot "$1" usermod --uid 26 postgres
}

make_redis() {
    chroot "$1" sh -euc 'groupadd --system --gid 999 valkey && useradd --system --gid valkey --uid 999 valkey'
    debian "$1" valkey-server
    install -d -o 999 -g 999 -m 1777 "$1/data"
}

make_websocket() {
    debian "$1" nodejs
    mkdir "$1/app"
    cp "$here/../../real/install/soketi.json" "$1/app/package.json"
    (cd "$1/app" && npm install --silent --no-audit --no-fund --ignore-scripts)
    ln -s node_modules/@soketi/soketi/bin "$1/app/bin"
}

# Keep's user interface is in no registry, and building it takes Google's fonts: a server that only answers probes.
make_frontend() {
    debian "$1" nodejs
    chroot "$1" sh -euc 'groupadd --system --gid 65533 nogroup-of-alpine && useradd --system --uid 1001 --gid 65533 nextjs'
    mkdir -p "$1/app/.next/cache"
    install -m 755 "$here/frontend.sh" "$1/app/entrypoint.sh"
    install -m 644 "$here/frontend.js" "$1/app/server.js"
    chroot "$1" sh -euc 'chgrp -R 0 /app && chmod -R g=u /app'
}

for image; do
    echo "building the root folder of $image" >&2
    case $image in
        base | busybox | pause) alone "$image" ;;
        *) over_base "$image" ;;
    esac || {
        tail -n 20 "$folder/$image/log" >&2
        exit 1
    }
done
