import { type ComponentChoices, type ComponentName, componentsOf, componentsWith } from "../component";
import { issue, type Issue } from "../fields/issue";
import type { Peer, PortedPeer } from "../fields/peer";
import type { Rule } from "../fields/rule";
import { allOf, oneOf } from "../fields/vocabulary";
import { type NamespaceConfig, podSecurityOf } from "../namespace";
import { type SecretStoreConfig, usesToken } from "../secretStore/settings";
import { ISTIO_REVISION, type Mesh, MESHES, type Owner, type PodFacts, type Values } from "./meshes";
import type { NetworkPolicyConfig } from "./settings";

/** Revisions of the add-on of AKS, whose control plane has a namespace of its own (learn.microsoft.com/azure/aks/istio-deploy-addon). */
const AKS_REVISION = /^asm-\d-\d+$/;
const AKS_CONTROL_PLANE = "[{namespace: aks-istio-system, ports: [15012]}]";

type Metadata = Readonly<Record<"annotations" | "labels", Values>>;

/** Peers of the control plane, with ports; empty without a mesh. */
export function controlPlane({ mesh }: NetworkPolicyConfig): readonly PortedPeer[] {
    return mesh === undefined ? [] : (mesh.controlPlane ?? MESHES[mesh.kind].controlPlane ?? []);
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
        readonly secretStore: Pick<SecretStoreConfig, "kind">;
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

function isDisabled({ disabled: { by, values } }: Mesh, sources: readonly Source[]): boolean {
    const given = by
        .map(([where, name]) => sources.findLast(({ metadata }) => name in metadata[where])?.metadata[where][name])
        .find((one) => one !== undefined);
    return given !== undefined && values.includes(given);
}

/** A label or annotation in settings that adds pods of the stack to a mesh. */
interface Joining {
    readonly kind: string;
    readonly mesh: Mesh;
    readonly pods: PodFacts;
    /** Setting, name and value. */
    readonly path: readonly string[];
    readonly value: string;
    /** Setting and name, in words. */
    readonly by: string;
    readonly isAks: boolean;
}

/** Whether a container of a component mounts a token of its ServiceAccount (components/secretStore/access.ts, components/backup/snapshot.ts). */
function hasToken(component: ComponentName, { backup, secretStore }: Settings): boolean {
    return component === "backup"
        ? backup.kind === "snapshot"
        : usesToken(secretStore) && componentsWith("process").some((other) => other === component);
}

function joinings(settings: Settings): Joining[] {
    return componentsOf(settings).flatMap((component) => {
        const sources = sourcesOf(component, settings);
        const annotations = Object.assign({}, ...sources.map(({ metadata }) => metadata.annotations)) as Values;
        const pods = { component, annotations, hasToken: hasToken(component, settings) };
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
                            pods,
                            path: [...keys[where].split("."), name],
                            value: metadata[where][name] ?? "",
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

/** Issues of labels and annotations by which pods join a mesh whose proxy does not start in them. */
function needIssues(settings: Settings): Issue[] {
    const lacking = joinings(settings).filter(({ mesh, pods }) => mesh.needs?.has(pods) === false);
    const byMark = new Map(lacking.map((one) => [one.by, one]));
    return [...byMark.values()].map(({ by, mesh, path, value }) => {
        const names = [...new Set(lacking.filter((one) => one.by === by).map(({ pods }) => pods.component))];
        const [where, name] = mesh.disabled.by[0];
        const keys = names.map((one) => `keep:${one}.${where === "labels" ? "podLabels" : "podAnnotations"}`);
        const orElse = mesh.needs?.orElse;
        return issue(
            path,
            `adds pods of ${allOf(names)} to ${mesh.needs?.why ?? ""}. Set ${name} to ${mesh.disabled.values[0]} in ${allOf(keys)}${orElse === undefined ? "" : `, or ${orElse}`}`,
            { value },
        );
    });
}

/** Rejects marks by which proxies would not start, policies that block the control plane of a mesh to which the stack adds its pods, and names that no mesh reads. */
export const meshRules: readonly Rule<Settings>[] = [
    misplacedIssues,
    needIssues,
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
        const messages = joined.map(({ kind, mesh: joinedMesh, by, isAks }) => {
            if (joinedMesh.controlPlane === undefined) {
                return issue(
                    "networkPolicy.enabled",
                    `would block the proxies of a mesh without a kind in keep:networkPolicy.mesh: ${by}. Remove that, or set keep:networkPolicy.enabled to false`,
                    { value: true },
                );
            }
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
    const accepted = meshes.flatMap(({ levelWithPlugin }) => levelWithPlugin ?? []);
    if (level === undefined || level === "privileged" || accepted.length === 0) {
        return undefined;
    }
    const key = `${prefix}namespace.podSecurity`;
    return level === "restricted" && accepted.includes("baseline")
        ? `${key} is ${level}, which rejects the proxies of Consul. Set it to privileged, or to baseline with Consul's CNI plugin`
        : `${key} is ${level}, which rejects the init containers that a mesh adds without its CNI plugin. ` +
              `Install the plugin, or set ${key} to privileged`;
}
