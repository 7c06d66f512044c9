import * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "./fields/issue";
import { hasLater, resolveInputs, settledValue } from "./tokens";

/** A resource that a component has registered, with its properties. */
export type Registered = Pick<pulumi.ResourceTransformationArgs, "resource" | "type" | "props">;

/** Properties of a Kubernetes object that identify it, as far as they are plain. */
interface Identity {
    readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
}

/** The names of the Keeps of a program by what they need. */
export type Needed = Map<string, string>;

/** The key is the program's connection to the engine, so that another program in the same process starts empty. */
const needed = new WeakMap<object, Needed>();

/** Lets the Keeps of a connection to the engine belong to a program that has several connections. */
export function joinProgram(connection: object, program: Needed): void {
    needed.set(connection, program);
}

/** What only one Keep of a program can have. */
export interface Need {
    /** What identifies it. It may be confidential. */
    readonly id: string;
    /** Setting that decides it. */
    readonly path: string;
    /** The message if an earlier Keep, whose quoted name is the argument, has it. */
    readonly taken: (other: string) => string;
}

/**
 * What a Keep needs and an earlier Keep of the program needs as well, on the same cluster: objects of one name, which
 * the API server would create only once, public URLs, of which a controller would serve only one, and services. Two
 * providers of one cluster are not recognized.
 * @param registered the Keep itself and its resources
 * @param urls public URLs that its ingress serves
 * @param services services and volumes that Keeps cannot share
 */
export async function conflicts(
    name: string,
    registered: readonly Registered[],
    urls: readonly string[],
    services: readonly Need[],
): Promise<Issue[]> {
    const objects = (await Promise.all(registered.map(identityOf))).flat();
    const cluster = await providerOf(registered);
    const connection = pulumi.runtime.getMonitor() ?? registered;
    const others: Needed = needed.get(connection) ?? new Map<string, string>();
    needed.set(connection, others);
    const needs = [...objects.map(objectNeed), ...urls.map(urlNeed), ...services].map((need) => ({
        ...need,
        id: `${cluster} ${need.id}`,
    }));
    const found = needs.flatMap(({ id, path, taken }) => {
        const other = others.get(id);
        return other === undefined ? [] : [issue(path, taken(JSON.stringify(other)))];
    });
    for (const { id } of needs.filter(({ id }) => !others.has(id))) {
        others.set(id, name);
    }
    // One of a kind is enough: if the release is equal, all names are.
    return found.filter(({ path }, index) => found.findIndex((it) => it.path.join() === path.join()) === index);
}

/** URN of the Kubernetes provider; empty: the default provider. A plugin has an object for it for each component. */
async function providerOf([keep]: readonly Registered[]): Promise<string> {
    const provider = keep?.resource.getProvider("kubernetes:core/v1:Secret");
    const urn = provider && (await settledValue(provider.urn))?.value;
    return typeof urn === "string" ? urn : "";
}

const objectNeed = (object: string): Need => ({
    id: object,
    path: "release",
    taken: (other) =>
        `and the namespaces give the ${object}, which Keep ${other} in this program creates as well. Set another release, namespace or secretStore.namespace (docs/several-keeps.md)`,
});

const urlNeed = (url: string): Need => ({
    id: url,
    path: "publicUrl",
    taken: (other) =>
        `and the hosts and prefixes of the ingresses give ${url}, which is also a URL of Keep ${other} in this program. Use other hosts, or other prefixes`,
});

/** Kind, namespace and name of a Kubernetes object, such as `ConfigMap keep/keep-verify`; none if a preview does not know it. */
async function identityOf({ type, props }: Registered): Promise<string[]> {
    if (!type.startsWith("kubernetes:")) {
        return [];
    }
    const { namespace, name } = (props as Identity).metadata ?? {};
    const given = { namespace, name };
    const known = hasLater(given) ? (await settledValue(pulumi.output(resolveInputs(given))))?.value : given;
    const object = known as typeof given | undefined;
    const kind = type.split(":").at(-1) ?? type;
    const isIn = typeof object?.namespace === "string" ? `${object.namespace}/` : "";
    return typeof object?.name === "string" ? [`${kind} ${isIn}${object.name}`] : [];
}
