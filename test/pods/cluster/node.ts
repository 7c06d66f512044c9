import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { PAUSE } from "../images/store";

/** Environment by which `run.ts` asks for nodes, pods and Services without IPv4. */
export const IPV6_VARIABLE = "KEEP_PODS_IPV6";

/** Whether this machine has IPv6. */
export const HAS_IPV6 = existsSync("/proc/net/if_inet6");

/** Addresses of one IP family. */
interface Addresses {
    readonly family: "IPv4" | "IPv6";
    /** Address of the control plane on the bridge that leads to the nodes. */
    readonly controlPlane: string;
    /** Address of the Service of the cluster's DNS server. */
    readonly dns: string;
    readonly services: string;
    readonly pods: string;
    /** Addresses of the pods of one node. */
    readonly podsOf: (node: number) => string;
    readonly everywhere: string;
}

const IPV4: Addresses = {
    family: "IPv4",
    controlPlane: "192.168.77.1",
    dns: "10.96.0.10",
    services: "10.96.0.0/16",
    pods: "10.244.0.0/16",
    podsOf: (node) => `10.244.${node}.0/24`,
    everywhere: "0.0.0.0/0",
};

const IPV6: Addresses = {
    family: "IPv6",
    controlPlane: "fd77::1",
    dns: "fd96::a",
    services: "fd96::/108",
    pods: "fd44::/16",
    podsOf: (node) => `fd44:${node}::/64`,
    everywhere: "::/0",
};

/** Families of nodes, pods and Services: both where the machine has IPv6, unless IPv4 is to be left out. */
export const FAMILIES: readonly Addresses[] =
    process.env[IPV6_VARIABLE] !== undefined ? [IPV6] : HAS_IPV6 ? [IPV4, IPV6] : [IPV4];

/** The family of a Service that names none, and of the control plane. */
export const FIRST_FAMILY = FAMILIES[0] ?? IPV4;

/** Where a node keeps its files, in the folder of the run. */
export function nodeFolder(folder: string, number: number): string {
    return path.join(folder, `node-${number}`);
}

/** What one node's programs are told, as files in its folder. */
export interface NodeFiles {
    readonly number: number;
    readonly folder: string;
    /** Control group of the node, below each controller's root. */
    readonly cgroup: string;
    readonly proxyKubeconfig: string;
}

/** Writes the configuration of containerd, its network, kubelet and kube-proxy. */
export function writeNodeFiles({ number, folder, cgroup, proxyKubeconfig }: NodeFiles): void {
    const file = (name: string) => path.join(folder, name);
    mkdirSync(file("network"), { recursive: true });
    const json = (name: string, value: unknown) => {
        writeFileSync(file(name), JSON.stringify(value));
    };
    json("kubelet.json", kubelet(cgroup, file("resolv.conf")));
    json("kube-proxy.json", {
        apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
        kind: "KubeProxyConfiguration",
        mode: "nftables",
        clusterCIDR: FAMILIES.map(({ pods }) => pods).join(","),
        hostnameOverride: `node-${number}`,
        nodePortAddresses: ["primary"],
        // The connection table is the whole machine's, and stays as it is.
        conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
        clientConnection: { kubeconfig: proxyKubeconfig },
    });
    json("network/10-pods.conflist", network(number));
    writeFileSync(file("resolv.conf"), `nameserver ${FIRST_FAMILY.dns}\n`);
    writeFileSync(file("containerd.toml"), containerd(folder));
}

function kubelet(cgroup: string, resolvConf: string): object {
    return {
        apiVersion: "kubelet.config.k8s.io/v1beta1",
        kind: "KubeletConfiguration",
        failCgroupV1: false,
        cgroupDriver: "cgroupfs",
        cgroupRoot: `/${cgroup}`,
        containerRuntimeEndpoint: "unix:///run/containerd.sock",
        clusterDNS: [FIRST_FAMILY.dns],
        // Every address; by default it is every address of IPv4.
        ...(HAS_IPV6 ? { address: "::" } : {}),
        clusterDomain: "cluster.local",
        resolvConf,
        failSwapOn: false,
        // Nobody but the control plane is on this network.
        authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
        authorization: { mode: "AlwaysAllow" },
        // The machine's disk is not the node's: what else is on it must evict nothing here, nor remove an image.
        evictionHard: { "memory.available": "200Mi", "nodefs.available": "2%", "imagefs.available": "2%" },
        imageGCHighThresholdPercent: 100,
        makeIPTablesUtilChains: false,
        nodeStatusUpdateFrequency: "2s",
    };
}

function network(number: number): object {
    const ipam = {
        type: "host-local",
        dataDir: "/run/cni",
        ranges: FAMILIES.map(({ podsOf }) => [{ subnet: podsOf(number) }]),
        routes: FAMILIES.map(({ everywhere }) => ({ dst: everywhere })),
    };
    return {
        cniVersion: "1.0.0",
        name: "pods",
        plugins: [
            { type: "bridge", bridge: "cni0", isGateway: true, ipMasq: false, hairpinMode: true, ipam },
            { type: "portmap", capabilities: { portMappings: true } },
        ],
    };
}

function containerd(folder: string): string {
    return `version = 2
root = "${folder}/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE}"
  # A machine that is a container itself may not lower a process' score.
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${folder}/network"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
`;
}
