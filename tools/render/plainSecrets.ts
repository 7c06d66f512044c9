import type { Manifest } from "../preview/manifests";
import { type Rendered, waveAnnotation, withoutPulumi } from "./objects";
import type { NeededSecret } from "./sources";

/** Whether no value of the Secret is secret. A PodMonitor, for example, reads even a user name from a Secret. */
export function isPlain({ keys }: NeededSecret): boolean {
    return [...keys.values()].every(({ kind }) => kind === "fixed");
}

/**
 * A Secret with its values. The External Secrets Operator rejects an ExternalSecret that fetches nothing
 * (apis/externalsecrets/v1/externalsecret_validator.go: "either data or dataFrom should be specified").
 */
export function plainSecret({ name, namespace, labels, urn, keys }: NeededSecret, wave: number): Rendered {
    const content = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace, annotations: waveAnnotation(wave), labels: withoutPulumi(labels) },
        stringData: Object.fromEntries(
            [...keys].flatMap(([key, source]) => (source.kind === "fixed" ? [[key, source.text]] : [])),
        ),
        type: "Opaque",
    };
    const manifest: Manifest = { kind: "Secret", name, namespace, urn, content };
    return { wave, manifest };
}
