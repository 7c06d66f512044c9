import type { Manifest } from "../preview/manifests";
import { type Rendered, waveAnnotation, withoutPulumi } from "./objects";
import type { NeededSecret, Source } from "./sources";

/** Store of the External Secrets Operator. */
export interface Store {
    readonly kind: string;
    readonly name: string;
}

/**
 * An ExternalSecret (https://external-secrets.io/latest/api/externalsecret/). The store must contain an entry
 * `<namespace>/<Secret>` with a property for each secret key. The operator composes values that contain these, such as
 * a URL with a password.
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

/** Uses `index`, because a key can contain dashes. */
function reference(key: string): string {
    return `{{ index . "${key}" }}`;
}
