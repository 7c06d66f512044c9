import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Programs that nodes and images are made with, by the Debian package that has them. */
const PROGRAMS = {
    containerd: "containerd",
    runc: "runc",
    nft: "nftables",
    iptables: "iptables",
    ipset: "ipset",
    conntrack: "conntrack",
    debootstrap: "debootstrap",
    busybox: "busybox-static",
    unshare: "util-linux",
    ip: "iproute2",
    openssl: "openssl",
    "mkfs.ext4": "e2fsprogs",
} as const;

/** Why nodes can't run on this machine, in one line with the way out; undefined where they can. */
export function whatIsMissing(): string | undefined {
    if (process.platform !== "linux")
        return "Real nodes need Linux: take --use-current-cluster with a cluster of kind or k3d.";
    if (process.getuid?.() !== 0)
        return "Real nodes need root, for namespaces and mounts: run it with sudo, or take --use-current-cluster.";
    const packages: string[] = Object.entries(PROGRAMS)
        .filter(([program]) => !isOnPath(program))
        .map(([, name]) => name);
    if (!existsSync("/usr/lib/cni/bridge")) packages.push("containernetworking-plugins");
    if (packages.length > 0)
        return `Real nodes need Debian packages that are not here: apt-get install ${packages.join(" ")}`;
    if (!existsSync("/dev/loop-control"))
        return "Real nodes need loop devices for their disks: /dev/loop-control is not there (modprobe loop).";
    if (!isOnPath("go")) return "Real nodes are built by Go, which is not on the PATH: install Go 1.26 or newer.";
    try {
        execFileSync("unshare", ["--net", "--mount", "--pid", "--fork", "true"], { stdio: "ignore" });
    } catch {
        return "Real nodes need namespaces of their own, which this machine does not grant: unshare --net --mount --pid fails.";
    }
    return undefined;
}

function isOnPath(program: string): boolean {
    const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
    return folders.some((folder) => existsSync(`${folder}/${program}`));
}
