import { BlockList, isIPv6 } from "node:net";

import type { types } from "@pulumi/kubernetes";

type Policy = types.output.networking.v1.NetworkPolicy;
type PolicyPeer = types.output.networking.v1.NetworkPolicyPeer;
type PolicyPort = types.output.networking.v1.NetworkPolicyPort;
type Selector = types.output.meta.v1.LabelSelector;

/** One end of a connection: a pod, or an address outside the cluster. */
export type End = PodEnd | { readonly address: string };

/** A pod, by its labels and those of its namespace. */
export interface PodEnd {
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    /** Labels of the namespace beside its name. */
    readonly namespaceLabels?: Readonly<Record<string, string>>;
}

/**
 * Whether policies let one end open a connection to the other, by the rules of
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/: a pod that no policy of a direction selects is open in
 * that direction; the rules of all that do add up; both ends must agree. Addresses never stand for pods.
 */
export function allows(
    policies: readonly Policy[],
    from: End,
    to: End,
    port: number,
    protocol: "TCP" | "UDP" = "TCP",
): boolean {
    const leaves = rulesOf(policies, from, "Egress").map((policy) => policy.spec.egress.map((rule) => rule));
    const enters = rulesOf(policies, to, "Ingress").map((policy) => policy.spec.ingress.map((rule) => rule));
    const out =
        leaves.length === 0 ||
        leaves.flat().some(({ to: peers, ports }) => meets(peers, from, to) && opens(ports, port, protocol));
    const into =
        enters.length === 0 ||
        enters.flat().some(({ from: peers, ports }) => meets(peers, to, from) && opens(ports, port, protocol));
    return out && into;
}

/** The policies of one direction that select a pod. */
function rulesOf(policies: readonly Policy[], end: End, direction: "Ingress" | "Egress"): Policy[] {
    return "address" in end
        ? []
        : policies
              .filter(
                  ({ metadata, spec }) => metadata.namespace === end.namespace && selects(spec.podSelector, end.labels),
              )
              .filter(({ spec }) => spec.policyTypes.includes(direction))
              .map((policy) => withRules(policy));
}

/** The same with empty lists where the object has none. */
function withRules(policy: Policy): Policy {
    const { ingress, egress } = policy.spec as Partial<Policy["spec"]>;
    return { ...policy, spec: { ...policy.spec, ingress: ingress ?? [], egress: egress ?? [] } };
}

function meets(peers: readonly PolicyPeer[] | undefined, owner: End, other: End): boolean {
    return peers === undefined || peers.length === 0 || peers.some((peer) => isPeer(peer, owner, other));
}

function isPeer({ ipBlock, namespaceSelector, podSelector }: Partial<PolicyPeer>, owner: End, other: End): boolean {
    if ("address" in other) {
        return ipBlock !== undefined && contains(ipBlock.cidr, other.address) && !excluded(ipBlock, other.address);
    }
    if (ipBlock !== undefined || "address" in owner) {
        return false;
    }
    const inNamespace =
        namespaceSelector === undefined
            ? other.namespace === owner.namespace
            : selects(namespaceSelector, {
                  ...other.namespaceLabels,
                  "kubernetes.io/metadata.name": other.namespace,
              });
    return inNamespace && (podSelector === undefined || selects(podSelector, other.labels));
}

function excluded({ except }: Partial<types.output.networking.v1.IPBlock>, address: string): boolean {
    return (except ?? []).some((cidr) => contains(cidr, address));
}

function contains(cidr: string, address: string): boolean {
    const [network = "", bits = ""] = cidr.split("/");
    const family = isIPv6(network) ? "ipv6" : "ipv4";
    const list = new BlockList();
    list.addSubnet(network, Number(bits), family);
    return isIPv6(address) === (family === "ipv6") && list.check(address, family);
}

/** Only matchLabels: policies of ours have nothing else, and a test that meets an expression must not pass by accident. */
function selects(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
    const { matchExpressions, matchLabels } = selector as Partial<Selector>;
    if (matchExpressions !== undefined) {
        throw new Error("a selector with expressions, which this evaluator does not know");
    }
    return Object.entries(matchLabels ?? {}).every(([name, value]) => labels[name] === value);
}

function opens(ports: readonly PolicyPort[] | undefined, port: number, protocol: string): boolean {
    return (
        ports === undefined ||
        ports.length === 0 ||
        ports.some((open) => open.port === port && open.protocol === protocol)
    );
}
