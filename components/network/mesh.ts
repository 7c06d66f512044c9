import { type ComponentChoices, type ComponentName, componentsOf } from "../component";
import { issue, type Issue } from "../fields/issue";
import type { Peer, PortedPeer } from "../fields/peer";
import type { Rule } from "../fields/rule";
import { oneOf } from "../fields/vocabulary";
import { type NamespaceConfig, podSecurityOf } from "../namespace";
import type { NetworkPolicyConfig } from "./settings";

/** What the proxies of a service mesh need. */
interface Mesh {
    /** Peers of its control plane, to which all proxies connect. */
    readonly controlPlane: readonly PortedPeer[];
    /** Port at which the proxy of a pod takes connections of other proxies, in place of the pod's own port. */
    readonly tunnel?: number;
    /** Where the kubelet's probes come from, if not from the node, which Kubernetes lets through. */
    readonly probes?: readonly Peer[];
    /** Labels and annotations that add pods to the mesh, of the namespace or of pods; default: of both. */
    readonly enabledBy: readonly (readonly [...Place, value: RegExp, of?: Owner])[];
    /**
     * Without the mesh's CNI plugin, the proxies have init containers with NET_ADMIN and NET_RAW, which Pod Security
     * rejects below `privileged`.
     */
    readonly needsPlugin?: true;
    /** Value by which pods leave the mesh of their namespace, and where. The first that is given applies. */
    readonly disabled: { readonly value: string; readonly by: readonly Place[] };
}

type Owner = "namespace" | "pods";

type Place = readonly [kind: "annotations" | "labels", name: string];

const ISTIO_INJECT = "sidecar.istio.io/inject";
const LINKERD_INJECT = "linkerd.io/inject";
const ISTIO_REVISION = "istio.io/rev";
const DATAPLANE = "istio.io/dataplane-mode";

/** Revisions of the add-on of AKS, whose control plane has a namespace of its own (learn.microsoft.com/azure/aks/istio-deploy-addon). */
const AKS_REVISION = /^asm-\d-\d+$/;
const AKS_CONTROL_PLANE = "[{namespace: aks-istio-system, ports: [15012]}]";

/** Names and default namespaces are those of the charts in istio/istio and linkerd/linkerd2. */
const MESHES: Readonly<Record<MeshKind, Mesh>> = {
    istio: {
        // manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (CA_ADDR)
        controlPlane: [{ namespace: "istio-system", ports: [15012] }],
        // manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml
        enabledBy: [
            ["labels", "istio-injection", /^enabled$/, "namespace"],
            ["labels", ISTIO_REVISION, /./],
            ["labels", ISTIO_INJECT, /^true$/, "pods"],
            ["annotations", ISTIO_INJECT, /^true$/, "pods"],
        ],
        // injectRequired in pkg/kube/inject/inject.go
        disabled: {
            value: "false",
            by: [
                ["labels", ISTIO_INJECT],
                ["annotations", ISTIO_INJECT],
            ],
        },
        // manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (istio-init)
        needsPlugin: true,
    },
    "istio-ambient": {
        // Only ztunnel on the nodes connects to it.
        controlPlane: [],
        // cni/pkg/config/config.go (ZtunnelInboundPort)
        tunnel: 15008,
        // cni/pkg/config/config.go (HostProbeSNATIP, HostProbeSNATIPV6); docs/ambient/usage/networkpolicy of istio.io
        probes: [{ cidr: "169.254.7.127/32" }, { cidr: "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128" }],
        enabledBy: [["labels", DATAPLANE, /^ambient$/]],
        // pkg/config/constants/constants.go (DataplaneModeNone)
        disabled: { value: "none", by: [["labels", DATAPLANE]] },
    },
    linkerd: {
        // charts/partials/templates/_proxy.tpl: identity, destination and policy
        controlPlane: [{ namespace: "linkerd", ports: [8080, 8086, 8090] }],
        // controller/api/destination/endpoint_translator.go (OpaqueTransport), used for databases and Redis
        // by the default of opaquePorts in charts/linkerd-control-plane/values.yaml.
        tunnel: 4143,
        enabledBy: [["annotations", LINKERD_INJECT, /^(enabled|ingress)$/]],
        // disabledByAnnotation in pkg/inject/report.go
        disabled: { value: "disabled", by: [["annotations", LINKERD_INJECT]] },
        // charts/partials/templates/_proxy-init.tpl
        needsPlugin: true,
    },
};

type MeshKind = NonNullable<NetworkPolicyConfig["mesh"]>["kind"];

type Values = Readonly<Record<string, string>>;

type Metadata = Readonly<Record<"annotations" | "labels", Values>>;

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

type Settings = ComponentChoices &
    Readonly<Record<ComponentName, OwnPods & object>> & {
        readonly adopt?: object | undefined;
        readonly labels: Values;
        readonly namespace: Metadata & { readonly create: boolean };
        readonly networkPolicy: NetworkPolicyConfig;
        readonly pods: Metadata;
    };

interface OwnPods {
    /** Those of the Deployment, which no mesh reads. */
    readonly annotations?: Values;
    readonly podAnnotations?: Values;
    readonly podLabels?: Values;
}

/** Labels and annotations that a setting gives to the pods of a component, or to their namespace. */
interface Source {
    /** Objects that get them. Without any, no mesh reads them. */
    readonly owners: readonly Owner[];
    readonly keys: Readonly<Record<keyof Metadata, string>>;
    readonly metadata: Metadata;
}

function ofNamespace({ namespace }: Settings): Source {
    const keys = { annotations: "namespace.annotations", labels: "namespace.labels" };
    return { owners: ["namespace"], keys, metadata: namespace };
}

function ofPods(annotations: string, labels: string, metadata: Metadata): Source {
    return { owners: ["pods"], keys: { annotations, labels }, metadata };
}

function createsNamespace({ adopt, namespace }: Settings): boolean {
    return namespace.create && adopt === undefined;
}

/** What the pods of a component get. The later ones take precedence. */
function sourcesOf(name: ComponentName, settings: Settings): Source[] {
    const { labels, pods, [name]: own } = settings;
    const { podAnnotations = {}, podLabels = {} } = own;
    const ofAll = ofPods("", "labels", { annotations: {}, labels });
    return [
        ofPods("pods.annotations", "pods.labels", pods),
        ofPods(`${name}.podAnnotations`, `${name}.podLabels`, { annotations: podAnnotations, labels: podLabels }),
        // A namespace of the stack also gets them (components/namespace.ts).
        createsNamespace(settings) ? { ...ofAll, owners: ["pods", "namespace"] } : ofAll,
    ];
}

function isDisabled({ disabled: { by, value } }: Mesh, sources: readonly Source[]): boolean {
    const given = by
        .map(([where, name]) => sources.findLast(({ metadata }) => name in metadata[where])?.metadata[where][name])
        .find((one) => one !== undefined);
    return given === value;
}

/** A label or annotation in settings that adds pods of the stack to a mesh. */
interface Joining {
    readonly kind: string;
    readonly mesh: Mesh;
    /** Setting and name. */
    readonly by: string;
    readonly isAks: boolean;
}

function joinings(settings: Settings): Joining[] {
    return componentsOf(settings).flatMap((component) => {
        const sources = sourcesOf(component, settings);
        const found = Object.entries(MESHES)
            .filter(([, mesh]) => !isDisabled(mesh, sources))
            .flatMap(([kind, mesh]) =>
                [ofNamespace(settings), ...sources].flatMap(({ keys, metadata, owners }) =>
                    mesh.enabledBy
                        .filter(([, , , of]) => of === undefined || owners.includes(of))
                        .filter(([where, name, value]) => value.test(metadata[where][name] ?? ""))
                        .map(([where, name]) => ({
                            kind,
                            mesh,
                            by: `keep:${keys[where]} contains ${name}`,
                            isAks: name === ISTIO_REVISION && AKS_REVISION.test(metadata[where][name] ?? ""),
                        })),
                ),
            );
        // Sidecars take precedence over ztunnel (istio.io/latest/docs/ambient/migrate/enable-ambient-mode).
        return found.filter(({ kind }) => kind !== "istio-ambient" || found.every((one) => one.kind !== "istio"));
    });
}

/** Issues of labels and annotations that would add pods to a mesh, but not where they are. */
function misplacedIssues(settings: Settings): Issue[] {
    const all = [
        ofNamespace(settings),
        ...componentsOf(settings).flatMap((component) => [
            ...sourcesOf(component, settings),
            {
                owners: [],
                keys: { annotations: `${component}.annotations`, labels: "" },
                metadata: { annotations: settings[component].annotations ?? {}, labels: {} },
            },
        ]),
    ];
    const entries = Object.values(MESHES).flatMap(({ enabledBy }) => enabledBy);
    const found = all.flatMap(({ keys, metadata, owners }) =>
        (["annotations", "labels"] as const).flatMap((where) =>
            Object.entries(metadata[where]).map(([name, value]) => {
                const same = entries.filter(([, other, values]) => other === name && values.test(value));
                const places = same.map(([place, , , of = owners[0] ?? "pods"]) => `${of}.${place}`);
                const isReachable = createsNamespace(settings) || !places.includes("namespace.labels");
                const better = isReachable
                    ? oneOf(places.map((one) => `keep:${one}`))
                    : "the labels of the namespace itself";
                return (
                    places.length > 0 &&
                    !owners.some((owner) => places.includes(`${owner}.${where}`)) &&
                    issue(
                        [...keys[where].split("."), name],
                        `is not read there, so no pod joins the mesh. Move it to ${better}`,
                        { value },
                    )
                );
            }),
        ),
    );
    return [...new Map(found.filter((one) => one !== false).map((one) => [one.path.join(), one])).values()];
}

/** Rejects policies that block the control plane of a mesh to which the stack adds its pods, and names that no mesh reads. */
export const meshRules: readonly Rule<Settings>[] = [
    misplacedIssues,
    (settings) => {
        const { enabled, mesh } = settings.networkPolicy;
        const joined = enabled ? joinings(settings) : [];
        const [same] = joined.filter(({ kind }) => kind === mesh?.kind);
        if (same !== undefined) {
            return same.isAks && mesh?.controlPlane === undefined
                ? [
                      issue(
                          "networkPolicy.mesh.controlPlane",
                          `is missing, but ${same.by} of the add-on of AKS, whose control plane is not in istio-system. The policies would block its proxies. Set it to ${AKS_CONTROL_PLANE}`,
                      ),
                  ]
                : [];
        }
        const messages = joined.map(({ kind, by, isAks }) => {
            const reason = `but ${by}, which adds the pods to ${mesh === undefined ? "a mesh" : "another mesh"}. The policies would block its proxies`;
            return mesh === undefined
                ? issue(
                      "networkPolicy.mesh",
                      `is missing, ${reason}. Set it to {kind: ${kind}${isAks ? `, controlPlane: ${AKS_CONTROL_PLANE}` : ""}}`,
                  )
                : issue("networkPolicy.mesh.kind", `is that, ${reason}. Set it to ${kind}`, { value: mesh.kind });
        });
        return [...new Map(messages.map((one) => [one.message, one])).values()];
    },
];

/**
 * A note about a mesh whose proxies the namespace rejects without the mesh's CNI plugin, which a preview cannot see;
 * undefined if there is none.
 * @param prefix of keys in messages
 */
export function meshNote(
    prefix: string,
    settings: Settings & { readonly namespace: NamespaceConfig },
): string | undefined {
    const { namespace, networkPolicy } = settings;
    const level = podSecurityOf(namespace);
    const { kind } = (networkPolicy.enabled ? networkPolicy.mesh : undefined) ?? {};
    const meshes = [...(kind === undefined ? [] : [MESHES[kind]]), ...joinings(settings).map(({ mesh }) => mesh)];
    return level === undefined || level === "privileged" || !meshes.some(({ needsPlugin }) => needsPlugin)
        ? undefined
        : `${prefix}namespace.podSecurity is ${level}, which rejects the init containers that a mesh adds without its CNI plugin. ` +
              `Install the plugin, or set ${prefix}namespace.podSecurity to privileged`;
}
