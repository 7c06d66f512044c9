#!/bin/sh
# Runs the real components (PostgreSQL, Redis, Keep's API, Soketi) as processes, as the rendered pods say. They have a network of
# their own, so that every port of the pods is free, and write to a layer over the file system that is gone afterwards: that takes
# root on Linux. What to install first stands in test/real/install.sh; a test whose component is absent says so and is skipped.
cd "$(dirname "$0")/../.." || exit 1
if [ "$(id -u)" != 0 ] || ! unshare --net --mount --pid --fork true 2>/dev/null; then
    echo "test:real is skipped: it needs root, to give the components a network and a file system of their own"
    exit 0
fi
export HERE="$PWD"
exec unshare --net --mount --pid --fork --kill-child -- sh -ec '
    ip link set lo up
    # The metadata server of Google Cloud, for test/real/clouds.ts.
    ip address add 169.254.169.254/32 dev lo
    mount -t tmpfs tmpfs /mnt
    mkdir /mnt/upper /mnt/work /mnt/root
    mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
    mount --rbind /dev /mnt/root/dev
    mount -t proc proc /mnt/root/proc
    mount -t tmpfs -o mode=1777 tmpfs /mnt/root/tmp
    # The names of the Services, all on loopback, and those of the clouds (test/real/clouds.ts).
    cat >/mnt/root/etc/hosts <<HOSTS
127.0.0.1 localhost keep-backend keep-database keep-frontend keep-redis keep-websocket
127.0.1.1 s3.us-east-1.amazonaws.com dumps.s3.us-east-1.amazonaws.com absent.s3.us-east-1.amazonaws.com
127.0.1.5 minio.example.com
127.0.1.2 storage.googleapis.com
127.0.1.3 keepdumps.blob.core.windows.net
169.254.169.254 metadata.google.internal
127.0.1.4 sts.us-east-1.amazonaws.com login.microsoftonline.com
HOSTS
    # Where pods mount what this machine has not.
    mkdir -p /mnt/root/data /mnt/root/state /mnt/root/etc/keep
    # What is installed below the home directory of root is read by the users of the pods.
    chmod o+x /mnt/root"$HOME"
    exec chroot /mnt/root sh -ec "cd \"\$HERE\"; exec node --experimental-websocket node_modules/mocha/bin/mocha.js --config test/real/mocharc.json \"\$@\"" sh "$@"
' sh "$@"
