import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { PAUSE } from "../images/store";

/** Address of the Service of the cluster's DNS server. */
export const CLUSTER_DNS = "10.96.0.10";

/** Address of the control plane on the bridge that leads to the nodes. */
export const CONTROL_PLANE = "192.168.77.1";

/** Whether this machine has IPv6: pods then have an address of each family, and Services may. */
export const HAS_IPV6 = existsSync("/proc/net/if_inet6");

/** Addresses of Services, and of pods. */
export const RANGES = {
    services: ["10.96.0.0/16", ...(HAS_IPV6 ? ["fd96::/108"] : [])],
    pods: ["10.244.0.0/16", ...(HAS_IPV6 ? ["fd44::/16"] : [])],
};

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
        clusterCIDR: RANGES.pods.join(","),
        hostnameOverride: `node-${number}`,
        nodePortAddresses: ["primary"],
        // The connection table is the whole machine's, and stays as it is.
        conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
        clientConnection: { kubeconfig: proxyKubeconfig },
    });
    json("network/10-pods.conflist", network(number));
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
        clusterDNS: [CLUSTER_DNS],
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
    const families = [
        { subnet: `10.244.${number}.0/24`, dst: "0.0.0.0/0" },
        ...(HAS_IPV6 ? [{ subnet: `fd44:${number}::/64`, dst: "::/0" }] : []),
    ];
    const ipam = {
        type: "host-local",
        dataDir: "/run/cni",
        ranges: families.map(({ subnet }) => [{ subnet }]),
        routes: families.map(({ dst }) => ({ dst })),
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
