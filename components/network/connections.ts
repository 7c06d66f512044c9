import { proxyEgress } from "../airGapped/proxyVariables";
import { openaiEgress } from "../openai";
import { authEgress } from "../auth/settings";
import { backupEgress } from "../backup/settings";
import { type ComponentName, componentsOf, componentsWith } from "../component";
import { databaseEgress, databaseListeners } from "../database/traffic";
import type { PortedPeer } from "../fields/peer";
import { ANYWHERE, type Egress, type Entity, type Listener, type Peers, PROCESSES } from "../fields/traffic";
import { gatewayPods } from "../ingress/gatewayProxies";
import { isLater } from "../tokens";
import { redisEgress, redisListeners } from "../redis/traffic";
import { elasticsearchEgress } from "../search";
import { storeEgress } from "../secretStore/settings";
import type { KeepConfig } from "../settings/resolve";
import { backendListeners } from "../tiers/backend";
import { consumerListeners } from "../tiers/consumer";
import { frontendEgress, frontendListeners } from "../tiers/frontend";
import { verifyEgress } from "../verify/egress";
import { websocketEgress, websocketListeners } from "../websocket/websocket";
import { workerListeners } from "../tiers/worker";
import { controlPlane, probes, tunnels } from "./mesh";
import type { NetworkPolicyConfig } from "./settings";

/** Allowed connections from one endpoint to another. */
export interface Connection {
    readonly from: Endpoint;
    readonly to: Endpoint;
    /** Ports of the peers that name none; undefined: all. */
    readonly ports?: readonly number[] | undefined;
    /** Default: TCP. */
    readonly protocols?: readonly ("TCP" | "UDP")[] | undefined;
    /** See `Egress`. */
    readonly entity?: Entity | undefined;
}

/** An endpoint of a connection: components of the release, or peers outside of it. */
export type Endpoint = { readonly components: readonly ComponentName[] } | { readonly peers: Peers };

/** Settings that determine the network policies. */
export type NetworkSettings = Pick<
    KeepConfig,
    | "auth"
    | "backend"
    | "backup"
    | "consumer"
    | "database"
    | "elasticsearch"
    | "existingSecrets"
    | "extraIngresses"
    | "frontend"
    | "ingress"
    | "labels"
    | "monitoring"
    | "namespace"
    | "networkPolicy"
    | "openai"
    | "platform"
    | "redis"
    | "release"
    | "retention"
    | "secrets"
    | "secretStore"
    | "telemetry"
    | "version"
    | "verify"
    | "websocket"
    | "worker"
>;

/** All connections that the components of a release need. A rule of a policy without peers would allow all of them. */
export function connections(settings: NetworkSettings): Connection[] {
    return all(settings).filter(({ from, to }) => !isEmpty(from) && !isEmpty(to));
}

/** The connections whose entities Cilium's policy opens: its own Ingress and Gateway only where they send requests. */
export function connectionsOfCilium(settings: NetworkSettings): Connection[] {
    const acceptsIngress = settings.networkPolicy.cilium?.edge === true;
    return all(settings).filter(({ entity, from, to }) =>
        entity === "ingress" ? acceptsIngress && !isEmpty(to) : !isEmpty(from),
    );
}

function all(settings: NetworkSettings): Connection[] {
    const present = componentsOf(settings);
    const existing = (names: readonly ComponentName[]): Endpoint => ({
        components: names.filter((name) => present.includes(name)),
    });
    const clients = {
        ...settings.networkPolicy,
        edge: [...settings.networkPolicy.edge, ...gatewayPods(settings)],
    };
    const inside = Object.entries(listeners(settings)).flatMap(([name, ports]) =>
        ports.map(({ port, from }) => ({
            from: typeof from === "string" ? { peers: clients[from] } : existing(from),
            to: existing([name as ComponentName]),
            ports: [port, ...tunnels(settings.networkPolicy)],
            entity: from === "edge" ? ("ingress" as const) : undefined,
        })),
    );
    // Probes may ask ports that no other component reaches.
    const probed = { from: { peers: probes(settings.networkPolicy) }, to: existing(present) };
    const servers: readonly ComponentName[] = componentsWith("server");
    const names = {
        from: existing(present.filter((name) => !servers.includes(name)).sort()),
        ...nameServers(settings),
    };
    const reaching = { ...settings, networkPolicy: withTunnels(settings.networkPolicy) };
    const outside = egress(reaching).map(({ from, to, ...rest }) => ({
        from: existing(from),
        to: { peers: to },
        ...rest,
    }));
    const mesh = { from: existing(present), to: { peers: controlPlane(settings.networkPolicy) } };
    return [...inside, probed, names, mesh, ...outside];
}

function listeners(settings: NetworkSettings): Partial<Record<ComponentName, Listener[]>> {
    return {
        frontend: frontendListeners,
        backend: backendListeners,
        consumer: consumerListeners(settings),
        worker: workerListeners(settings),
        websocket: websocketListeners,
        redis: redisListeners(settings),
        database: databaseListeners(settings),
    };
}

/**
 * The policies with the mesh's own port where they name ports of pods outside of the release, which may be in the mesh, too
 * (https://linkerd.io/2/common-errors/network-policy/, https://istio.io/latest/docs/ambient/usage/networkpolicy/).
 */
function withTunnels(networkPolicy: NetworkPolicyConfig): NetworkPolicyConfig {
    const { destinations, providers } = networkPolicy;
    const added = tunnels(networkPolicy);
    const reached = (peers: NetworkPolicyConfig["destinations"]["redis"]) =>
        peers.map((peer) =>
            peer.cidr === undefined && peer.ports !== undefined ? { ...peer, ports: [...peer.ports, ...added] } : peer,
        );
    const entries = Object.entries(destinations).map(([name, peers]) => [name, reached(peers)]);
    return {
        ...networkPolicy,
        providers: providers && reached(providers),
        destinations: Object.fromEntries(entries) as typeof destinations,
    };
}

function egress(settings: NetworkSettings): Egress[] {
    const { auth, backup, networkPolicy, secretStore } = settings;
    const { destinations } = networkPolicy;
    const providers: readonly PortedPeer[] = networkPolicy.providers ?? ANYWHERE;
    return [
        ...providers.map((peer) => ({ from: PROCESSES, to: [peer] })),
        ...storeEgress(secretStore, destinations),
        ...backupEgress(backup, destinations),
        ...databaseEgress(settings),
        ...redisEgress(settings),
        ...elasticsearchEgress(settings),
        ...websocketEgress(settings),
        ...authEgress(auth, destinations),
        ...openaiEgress(settings),
        ...frontendEgress(settings),
        ...(settings.telemetry ? [{ from: TELEMETRY, to: ANYWHERE, ports: [443] }] : []),
        ...verifyEgress(settings),
        ...proxyEgress(settings),
    ];
}

/** Who sends usage data (keep/api/core/report_uptime.py, and keep-ui/app/posthog-provider.tsx of Keep). */
const TELEMETRY: readonly ComponentName[] = ["backend", "frontend"];

/** Port of DNS. */
const DNS = 53;

/**
 * Ports of name servers in pods, where policies see the port of the container: Gardener's CoreDNS listens on 8053
 * (pkg/component/networking/coredns/constants of gardener/gardener), and OpenShift's on 5353
 * (assets/dns/daemonset.yaml of openshift/cluster-dns-operator).
 */
const DNS_IN_PODS = { kubernetes: [DNS, 8053], openshift: [5353] };

/**
 * DNS servers that are not pods, whose address each platform chooses: NodeLocal DNSCache (169.254.20.10; kubespray:
 * 169.254.25.10), LocalDNS of AKS (169.254.10.11), Cloud DNS of GKE (169.254.169.254), and EKS Auto Mode and NodeLocal
 * DNSCache of GKE, where the address of a Service leads to the node (aws/containers-roadmap#2552). Cilium selects none of them
 * by an address since 1.17 (cilium/cilium#42528), but as the entity `host`. By default, Services of
 * GKE have a public range (https://cloud.google.com/kubernetes-engine/docs/how-to/service-ip-ranges).
 */
const DNS_OF_NODES = [
    "10.0.0.0/8",
    "34.118.224.0/20",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
].map((cidr) => ({ cidr }));

/** DNS servers of the platform. */
function nameServers({ networkPolicy, platform }: NetworkSettings): Omit<Connection, "from"> {
    const defaults: readonly PortedPeer[] =
        platform === "openshift" ? [{ namespace: "openshift-dns" }] : [{ namespace: "kube-system" }, ...DNS_OF_NODES];
    return {
        to: {
            peers: (networkPolicy.dns ?? defaults).map((peer) => ({
                ports: peer.cidr === undefined ? DNS_IN_PODS[platform] : [DNS],
                ...peer,
            })),
        },
        ports: [DNS],
        protocols: ["UDP", "TCP"],
        entity: "host",
    };
}

function isEmpty(endpoint: Endpoint): boolean {
    const ends = "components" in endpoint ? endpoint.components : endpoint.peers;
    return !isLater(ends) && ends.length === 0;
}
