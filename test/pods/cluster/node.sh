#!/bin/bash
# One node: node.sh <number> <folder> <cgroup> <image store> <folder of programs> <kube-router>. The folder holds its configuration and takes its
# state. It runs in the network of that number and in namespaces of its own; each program that ends is started again, as by systemd.
# node.pid has the id of the process that ends all of it; the node then starts again, unless there is a file node.off.
set -euo pipefail
number=$1 folder=$2 cgroup=$3 store=$4 programs=$5 router=$6
if [ "${7:-}" != inside ]; then
    while true; do
        if [ ! -e "$folder/node.off" ]; then
            setpriv --pdeathsig KILL -- nsenter "--net=/run/netns/node-$number" \
                unshare --mount --pid --uts --ipc --fork --kill-child --propagation slave -- "$0" "$@" inside &
            echo $! >"$folder/node.pid"
            wait $! || true
        fi
        sleep 0.5
    done
fi
hostname "node-$number"
mount -t proc proc /proc
mount --make-rshared /
mount -t tmpfs tmpfs /run
mkdir -p "$folder"/{kubelet,logs,varlog,volumes} /var/lib/kubelet /var/lib/keep-volumes
mount --bind "$folder/kubelet" /var/lib/kubelet
mount --make-shared /var/lib/kubelet
mount --bind "$folder/varlog" /var/log
mount --rbind "$folder/volumes" /var/lib/keep-volumes
addresses=
if [ ! "${KEEP_PODS_IPV6:-}" ]; then
    addresses=192.168.77.1$number
    # Policies hold between pods of one node, too.
    echo 1 >/proc/sys/net/ipv4/ip_forward
    echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
fi
if [ -e /proc/net/if_inet6 ]; then
    addresses=${addresses:+$addresses,}fd77::1$number
    echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
    echo 1 >/proc/sys/net/bridge/bridge-nf-call-ip6tables
fi
printf '127.0.0.1 localhost\n%s node-%s\n' "${addresses%%,*}" "$number" >"$folder/hosts"
mount --bind "$folder/hosts" /etc/hosts

# Settings of the whole machine that kubelet would make: it finds them made.
mkdir -p /run/sysctl
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=/run/sysctl/${setting//\//.}
    echo "${setting#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${setting%=*}"
done

# A control group for all pods of the node, and one beside it for what runs them.
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    mkdir -p "/sys/fs/cgroup/$cgroup/system"
    echo 0 >"/sys/fs/cgroup/$cgroup/system/cgroup.procs"
    for controller in $(cat "/sys/fs/cgroup/$cgroup/cgroup.controllers"); do
        echo "+$controller" >"/sys/fs/cgroup/$cgroup/cgroup.subtree_control" || true
    done
else
    for controller in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do
        [ ! -d "/sys/fs/cgroup/$controller" ] || mkdir -p "/sys/fs/cgroup/$controller/$cgroup"
    done
    for file in cpuset.cpus cpuset.mems; do
        cat "/sys/fs/cgroup/cpuset/$file" >"/sys/fs/cgroup/cpuset/$cgroup/$file"
    done
    echo 1 >"/sys/fs/cgroup/memory/$cgroup/memory.use_hierarchy" 2>/dev/null || true
    for controller in memory pids cpu systemd; do
        mkdir -p "/sys/fs/cgroup/$controller/$cgroup/system"
        echo 0 >"/sys/fs/cgroup/$controller/$cgroup/system/cgroup.procs"
    done
fi

# All nodes have the images of one store: its records are copied, its layers and blobs linked, since nobody writes to them.
root=$folder/containerd
content=io.containerd.content.v1.content
snapshots=io.containerd.snapshotter.v1.overlayfs
if [ ! -e "$root" ]; then
    mkdir -p "$root/$content" "$root/$snapshots/snapshots"
    ln -s "$store/$content/blobs" "$root/$content/blobs"
    ln -s "$store/$snapshots/snapshots"/* "$root/$snapshots/snapshots/"
    cp "$store/$snapshots/metadata.db" "$root/$snapshots/"
    cp -r "$store/io.containerd.metadata.v1.bolt" "$root/"
fi

# Each program's id is in a file, by which a test can stop it; a file <name>.off keeps it from being started again.
supervise() {
    local name=$1
    shift
    while true; do
        if [ ! -e "$folder/$name.off" ]; then
            "$@" >>"$folder/logs/$name.log" 2>&1 &
            echo $! >"$folder/$name.pid"
            wait $! || true
        fi
        sleep 0.5
    done
}
supervise containerd containerd --config "$folder/containerd.toml" &
until ctr --address /run/containerd.sock version >/dev/null 2>&1; do sleep 0.1; done
supervise kube-proxy "$programs/kube-proxy" --config "$folder/kube-proxy.json" &
# Enforces NetworkPolicies, and does nothing else of what it could. Version 2.1.0, the only one in the Go proxy, stops at policies of
# IPv6 (https://github.com/cloudnativelabs/kube-router/issues/1653).
[ "${KEEP_PODS_IPV6:-}" ] ||
    supervise kube-router "$router" --kubeconfig "$folder/kube-router.kubeconfig" --hostname-override "node-$number" \
        --run-firewall=true --run-router=false --run-service-proxy=false --run-loadbalancer=false --health-port 0 &
supervise kubelet "$programs/kubelet" --config "$folder/kubelet.json" --kubeconfig "$folder/kubelet.kubeconfig" \
    --hostname-override "node-$number" --node-ip "$addresses" --node-labels "topology.kubernetes.io/zone=$number" &
wait
