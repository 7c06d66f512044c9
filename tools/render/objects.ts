import { createHash } from "node:crypto";

import type { RecordedResource } from "../inProcess/recordedResource";
import { isRecord } from "../inProcess/secrets";
import { type Manifest, manifestsOf } from "../preview/manifests";
import { kindOf, wavesOf } from "./waves";

/** An object as a GitOps tool applies it. */
export interface Rendered {
    readonly wave: number;
    readonly manifest: Manifest;
}

/** Labels and annotations that would be untrue, or without effect, when it is not Pulumi that applies. */
const OF_PULUMI = /^(pulumi\.com\/.*|app\.kubernetes\.io\/managed-by)$/;

/** Every object of Kubernetes but the Secrets, each with its wave. */
export function rendered(resources: readonly RecordedResource[]): Rendered[] {
    const waves = wavesOf(resources);
    const retained = new Set(resources.filter(({ options }) => options.retainOnDelete === true).map(({ urn }) => urn));
    const others = resources.filter((resource) => kindOf(resource) !== "Secret");
    return manifestsOf(others, false).map((manifest) => {
        const wave = waves.get(manifest.urn) ?? 0;
        const content = withoutForgotten(withoutPulumi(manifest.content));
        const named = manifest.kind === "Job" ? namedByContent(manifest, content) : { ...manifest, content };
        return {
            wave,
            manifest: annotated(named, { ...waveAnnotation(wave), ...keptAnnotations(retained, manifest) }),
        };
    });
}

/** Says a wave in the words of Argo CD. */
export function waveAnnotation(wave: number): Record<string, string> {
    return { "argocd.argoproj.io/sync-wave": String(wave) };
}

/** A Job cannot be changed; under a name of its content it is a new one whenever it has something else to do. */
function namedByContent(manifest: Manifest, content: Record<string, unknown>): Manifest {
    const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8);
    const name = `${manifest.name}-${hash}`;
    const metadata = isRecord(content.metadata) ? content.metadata : {};
    return { ...manifest, name, content: { ...content, metadata: { ...metadata, name } } };
}

/** What `retainOnDelete` means to Argo CD and to Flux. */
function keptAnnotations(retained: ReadonlySet<string>, { urn }: Manifest): Record<string, string> {
    return retained.has(urn)
        ? {
              "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
          }
        : {};
}

function annotated(manifest: Manifest, added: Readonly<Record<string, string>>): Manifest {
    const metadata = isRecord(manifest.content.metadata) ? manifest.content.metadata : {};
    const own = isRecord(metadata.annotations) ? metadata.annotations : {};
    const annotations = Object.fromEntries(Object.entries({ ...own, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)));
    return { ...manifest, content: { ...manifest.content, metadata: { ...metadata, annotations } } };
}

/** An object, labels or annotations without what is Pulumi's, however deep. */
export function withoutPulumi(content: Record<string, unknown>): Record<string, unknown> {
    return without(content, (key, value) => OF_PULUMI.test(key) || (key === "annotations" && isEmptyMap(value)));
}

/** Maps that mean nothing when empty; others do, such as `emptyDir: {}` and `namespaceSelector: {}`. */
const FORGOTTEN_MAPS: readonly string[] = ["matchLabels", "nodeSelector"];

/**
 * An object without what the API server forgets: empty lists, some empty maps, and the empty text of a variable. Whoever compares
 * manifests with the cluster, as `kubectl apply` and Argo CD do, would else see a difference for good.
 */
function withoutForgotten(content: Record<string, unknown>): Record<string, unknown> {
    return without(
        content,
        (key, value) =>
            (Array.isArray(value) && value.length === 0) ||
            (isEmptyMap(value) && FORGOTTEN_MAPS.includes(key)) ||
            (key === "value" && value === ""),
    );
}

/** An object without some of its fields, however deep; what is in a field is looked at before the field itself. */
function without(
    content: Record<string, unknown>,
    isLeftOut: (key: string, value: unknown) => boolean,
): Record<string, unknown> {
    const inside = (value: unknown): unknown =>
        Array.isArray(value) ? value.map(inside) : isRecord(value) ? without(value, isLeftOut) : value;
    return Object.fromEntries(
        Object.entries(content)
            .map(([key, value]): [string, unknown] => [key, inside(value)])
            .filter(([key, value]) => !isLeftOut(key, value)),
    );
}

function isEmptyMap(value: unknown): boolean {
    return isRecord(value) && Object.keys(value).length === 0;
}
