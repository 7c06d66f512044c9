import { createHash } from "node:crypto";

import type { RecordedResource } from "../inProcess/recordedResource";
import { isRecord } from "../inProcess/secrets";
import { type Manifest, manifestsOf } from "../preview/manifests";
import { kindOf, wavesOf } from "./waves";

/** An object for a GitOps tool, with its wave. */
export interface Rendered {
    readonly wave: number;
    readonly manifest: Manifest;
}

/** Labels and annotations that are wrong or have no effect if Pulumi does not apply the object. */
const OF_PULUMI = /^(pulumi\.com\/.*|app\.kubernetes\.io\/managed-by)$/;

/** All Kubernetes objects except Secrets, with their waves. */
export function rendered(resources: readonly RecordedResource[]): Rendered[] {
    const waves = wavesOf(resources);
    const retained = new Set(resources.filter(({ options }) => options.retainOnDelete === true).map(({ urn }) => urn));
    const others = resources.filter((resource) => kindOf(resource) !== "Secret");
    return manifestsOf(others, false).map((manifest) => {
        const wave = waves.get(manifest.urn) ?? 0;
        const content = withoutDropped(withoutPulumi(manifest.content));
        const named = manifest.kind === "Job" ? namedByContent(manifest, content) : { ...manifest, content };
        return {
            wave,
            manifest: annotated(named, { ...waveAnnotation(wave), ...keptAnnotations(retained, manifest) }),
        };
    });
}

/** Argo CD's annotation of a wave. */
export function waveAnnotation(wave: number): Record<string, string> {
    return { "argocd.argoproj.io/sync-wave": String(wave) };
}

/** Adds a hash of its content to the name of a Job: Jobs are immutable, so changed content needs a new Job. */
function namedByContent(manifest: Manifest, content: Record<string, unknown>): Manifest {
    const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 8);
    const name = `${manifest.name}-${hash}`;
    const metadata = isRecord(content.metadata) ? content.metadata : {};
    return { ...manifest, name, content: { ...content, metadata: { ...metadata, name } } };
}

/** The annotations of Argo CD and Flux that correspond to `retainOnDelete`. */
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

/** Removes Pulumi's labels and annotations at any depth. */
export function withoutPulumi(content: Record<string, unknown>): Record<string, unknown> {
    return without(content, (key, value) => OF_PULUMI.test(key) || (key === "annotations" && isEmptyMap(value)));
}

/** Maps that have no meaning if they are empty. Others do, such as `emptyDir: {}` and `namespaceSelector: {}`. */
const DROPPED_MAPS: readonly string[] = ["matchLabels", "nodeSelector"];

/**
 * Removes fields that the API server drops: empty lists, some empty maps, and empty values of variables. Otherwise,
 * tools that compare manifests with the cluster, such as Argo CD, would always find a difference.
 */
function withoutDropped(content: Record<string, unknown>): Record<string, unknown> {
    return without(
        content,
        (key, value) =>
            (Array.isArray(value) && value.length === 0) ||
            (isEmptyMap(value) && DROPPED_MAPS.includes(key)) ||
            (key === "value" && value === ""),
    );
}

/** Removes fields at any depth, inner fields first. */
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
