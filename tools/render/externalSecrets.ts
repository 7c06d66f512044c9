import type { Manifest } from "../preview/manifests";
import { type Rendered, waveAnnotation, withoutPulumi } from "./objects";
import type { NeededSecret, Source } from "./sources";

/** Store of the External Secrets Operator that holds the values. */
export interface Store {
    readonly kind: string;
    readonly name: string;
}

/**
 * A Secret by reference to a store, for the External Secrets Operator
 * (https://external-secrets.io/latest/api/externalsecret/). The store holds an entry `<namespace>/<Secret>` with a property for each
 * key that is a secret; what is made of these, such as a URL with a password in it, the operator composes.
 */
export function externalSecret(
    { name, namespace, labels, urn, keys }: NeededSecret,
    store: Store,
    wave: number,
): Rendered {
    const sources = [...keys];
    const fetched = sources.filter(([, { kind }]) => kind === "generated" || kind === "given");
    const isPlain = fetched.length === sources.length;
    const template = {
        engineVersion: "v2",
        data: Object.fromEntries(sources.map(([key, source]) => [key, templateOf(key, source)])),
    };
    const content = {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name, namespace, annotations: waveAnnotation(wave), labels: withoutPulumi(labels) },
        spec: {
            refreshInterval: "1h0m0s",
            secretStoreRef: { kind: store.kind, name: store.name },
            target: { name, creationPolicy: "Owner", ...(isPlain ? {} : { template }) },
            data: fetched.map(([key]) => ({
                secretKey: key,
                remoteRef: { key: `${namespace}/${name}`, property: key },
            })),
        },
    };
    const manifest: Manifest = { kind: "ExternalSecret", name, namespace, urn, content };
    return { wave, manifest };
}

function templateOf(key: string, source: Source): string {
    switch (source.kind) {
        case "fixed":
            return source.text;
        case "composed":
            return source.parts.map((part, at) => (at % 2 === 0 ? part : reference(part))).join("");
        case "generated":
        case "given":
            return reference(key);
    }
}

/** A key may have dashes, so it is looked up by its text. */
function reference(key: string): string {
    return `{{ index . "${key}" }}`;
}
