#!/bin/bash
# The first process in the cluster's own network, mounts and processes: machine.sh <nodes> <folder> <command>... Nothing leads out of
# its network, and whatever runs in it ends with it. The control plane is on a bridge, each node behind a cable of its own.
set -euo pipefail
nodes=$1
folder=$2
shift 2
# Without IPv6 in the kernel, pods and Services have IPv4 only.
ipv6=$([ -e /proc/net/if_inet6 ] && echo 1 || true)
ipv4=$([ "${KEEP_PODS_IPV6:-}" ] || echo 1)
mount --make-rprivate /
# Disks that are mounted below the folder of the run appear on the nodes, too.
mount --bind "$folder" "$folder"
mount --make-shared "$folder"
mount -t proc proc /proc
mount -t tmpfs tmpfs /run
mkdir -p /run/netns
hostname control-plane
ip link set lo up
ip link add bridge type bridge
ip link set bridge up
if [ "$ipv4" ]; then
    ip address add 192.168.77.1/24 dev bridge
    echo 1 >/proc/sys/net/ipv4/ip_forward
fi
if [ "$ipv6" ]; then
    ip address add fd77::1/64 dev bridge nodad
    echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
fi
for number in $(seq "$nodes"); do
    ip netns add "node-$number"
    ip link add "node-$number" type veth peer name eth0 netns "node-$number"
    ip link set "node-$number" master bridge up
    ip -n "node-$number" link set lo up
    ip -n "node-$number" link set eth0 up
    # Pods of the one node reach those of the other by their own addresses, and so does the control plane.
    others=$(seq "$nodes" | grep -vx "$number" || true)
    if [ "$ipv4" ]; then
        ip -n "node-$number" address add "192.168.77.1$number/24" dev eth0
        ip -n "node-$number" route add default via 192.168.77.1
        ip route add "10.244.$number.0/24" via "192.168.77.1$number"
        for other in $others; do ip -n "node-$number" route add "10.244.$other.0/24" via "192.168.77.1$other"; done
    fi
    if [ "$ipv6" ]; then
        ip -n "node-$number" address add "fd77::1$number/64" dev eth0 nodad
        ip -n "node-$number" route add default via fd77::1
        ip route add "fd44:$number::/64" via "fd77::1$number"
        for other in $others; do ip -n "node-$number" route add "fd44:$other::/64" via "fd77::1$other"; done
    fi
done
"$@" &
command=$!
trap 'kill -TERM $command' TERM INT
status=0
wait "$command" || status=$?
exit "$status"
