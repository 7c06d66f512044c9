import * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "./fields/issue";

/** A resource that a component has registered, with its properties. */
export type Registered = Pick<pulumi.ResourceTransformationArgs, "resource" | "type" | "props">;

/** Properties of a Kubernetes object that identify it, as far as they are plain. */
interface Identity {
    readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
}

/**
 * The names of the Keeps of a program by what they need, for each cluster. The key is the Kubernetes provider, or the
 * connection to the engine if it is the default provider, so that another program in the same process starts empty.
 */
const needed = new WeakMap<object, Map<string, string>>();

/**
 * What a Keep needs and an earlier Keep of the program needs as well, on the same cluster: objects of one name, which
 * the API server would create only once, and public URLs, of which a controller would serve only one. Two
 * providers of one cluster are not recognized.
 * @param registered the Keep itself and its resources
 * @param urls public URLs that its ingress serves
 */
export function conflicts(name: string, registered: readonly Registered[], urls: readonly string[]): Issue[] {
    const [keep] = registered.map(({ resource }) => resource);
    const cluster = keep?.getProvider("kubernetes:core/v1:Secret") ?? pulumi.runtime.getMonitor() ?? registered;
    const others = needed.get(cluster) ?? new Map<string, string>();
    needed.set(cluster, others);
    const objects = registered.flatMap(identityOf);
    const [object] = objects.filter((id) => others.has(id));
    const [url] = urls.filter((it) => others.has(it));
    for (const need of [...objects, ...urls].filter((id) => !others.has(id))) {
        others.set(need, name);
    }
    return [
        ...(object === undefined
            ? []
            : [
                  issue(
                      "release",
                      `and the namespaces give the ${object}, which Keep ${quoted(others, object)} in this program creates as well. Set another release, namespace or secretStore.namespace (docs/several-keeps.md)`,
                  ),
              ]),
        ...(url === undefined
            ? []
            : [
                  issue(
                      "publicUrl",
                      `and the hosts and prefixes of the ingresses give ${url}, which is also a URL of Keep ${quoted(others, url)} in this program. Use other hosts, or other prefixes`,
                  ),
              ]),
    ];
}

function quoted(others: ReadonlyMap<string, string>, need: string): string {
    return JSON.stringify(others.get(need));
}

/** Kind, namespace and name of a Kubernetes object, such as `ConfigMap keep/keep-verify`. */
function identityOf({ type, props }: Registered): string[] {
    const { namespace, name } = (props as Identity).metadata ?? {};
    const kind = type.split(":").at(-1) ?? type;
    const isIn = typeof namespace === "string" ? `${namespace}/` : "";
    return type.startsWith("kubernetes:") && typeof name === "string" ? [`${kind} ${isIn}${name}`] : [];
}
