import { issue } from "../fields/issue";
import type { Peer, PortedPeer } from "../fields/peer";
import type { Rule } from "../fields/rule";
import type { NetworkPolicyConfig } from "./settings";

/** What the proxies of a service mesh need. */
interface Mesh {
    /** Peers of its control plane, to which all proxies connect. */
    readonly controlPlane: readonly PortedPeer[];
    /** Port at which the proxy of a pod takes connections of other proxies, in place of the pod's own port. */
    readonly tunnel?: number;
    /** Where the kubelet's probes come from, if not from the node, which Kubernetes lets through. */
    readonly probes?: readonly Peer[];
    /** Labels and annotations that add pods to the mesh. */
    readonly enabledBy: readonly (readonly [kind: "annotations" | "labels", name: string, value: RegExp])[];
}

/** Names and default namespaces are those of the charts in istio/istio and linkerd/linkerd2. */
const MESHES: Readonly<Record<MeshKind, Mesh>> = {
    istio: {
        // manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (CA_ADDR)
        controlPlane: [{ namespace: "istio-system", ports: [15012] }],
        // manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml
        enabledBy: [
            ["labels", "istio-injection", /^enabled$/],
            ["labels", "istio.io/rev", /./],
            ["labels", "sidecar.istio.io/inject", /^true$/],
        ],
    },
    "istio-ambient": {
        // Only ztunnel on the nodes connects to it.
        controlPlane: [],
        // cni/pkg/config/config.go (ZtunnelInboundPort)
        tunnel: 15008,
        // cni/pkg/config/config.go (HostProbeSNATIP, HostProbeSNATIPV6); docs/ambient/usage/networkpolicy of istio.io
        probes: [{ cidr: "169.254.7.127/32" }, { cidr: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128" }],
        enabledBy: [["labels", "istio.io/dataplane-mode", /^ambient$/]],
    },
    linkerd: {
        // charts/partials/templates/_proxy.tpl: identity, destination and policy
        controlPlane: [{ namespace: "linkerd", ports: [8080, 8086, 8090] }],
        // controller/api/destination/endpoint_translator.go (OpaqueTransport), used for databases and Redis
        // by the default of opaquePorts in charts/linkerd-control-plane/values.yaml.
        tunnel: 4143,
        enabledBy: [["annotations", "linkerd.io/inject", /^(enabled|ingress)$/]],
    },
};

type MeshKind = NonNullable<NetworkPolicyConfig["mesh"]>["kind"];

type Metadata = Readonly<Record<"annotations" | "labels", Readonly<Record<string, string>>>>;

/** Peers of the control plane, with ports; empty without a mesh. */
export function controlPlane({ mesh }: NetworkPolicyConfig): readonly PortedPeer[] {
    return mesh === undefined ? [] : (mesh.controlPlane ?? MESHES[mesh.kind].controlPlane);
}

/** Ports at which connections between pods arrive in the mesh, besides those of the pods. */
export function tunnels({ mesh }: NetworkPolicyConfig): number[] {
    const tunnel = mesh && MESHES[mesh.kind].tunnel;
    return tunnel === undefined ? [] : [tunnel];
}

/** Addresses from which probes come in the mesh; empty if they come from the node. */
export function probes({ mesh }: NetworkPolicyConfig): readonly Peer[] {
    return (mesh && MESHES[mesh.kind].probes) ?? [];
}

interface Settings {
    readonly namespace: Metadata;
    readonly networkPolicy: NetworkPolicyConfig;
    readonly pods: Metadata;
}

/** Rejects policies that block the control plane of a mesh to which the stack adds its pods. */
export const meshRules: readonly Rule<Settings>[] = [
    ({ namespace, networkPolicy, pods }) => {
        const isExcluded =
            pods.labels["sidecar.istio.io/inject"] === "false" || pods.annotations["linkerd.io/inject"] === "disabled";
        if (!networkPolicy.enabled || networkPolicy.mesh !== undefined || isExcluded) {
            return [];
        }
        return Object.entries({ namespace, pods }).flatMap(([place, metadata]) =>
            Object.entries(MESHES).flatMap(([kind, { enabledBy }]) =>
                enabledBy
                    .filter(([where, name, value]) => value.test(metadata[where][name] ?? ""))
                    .map(([where, name]) =>
                        issue(
                            "networkPolicy.mesh",
                            `is missing, but keep:${place}.${where} contains ${name}, which adds the pods to a mesh. The policies would block its proxies. Set it to {kind: ${kind}}`,
                        ),
                    ),
            ),
        );
    },
];
