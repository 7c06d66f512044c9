import { imagesOf } from "./images";
import type { Manifest } from "./manifests";
import type { Preview } from "./project";

/** Numbers of resources. */
export interface Counts {
    readonly kubernetesObjects: number;
    readonly generatedSecrets: number;
    readonly components: number;
    /** Resources of all other types. */
    readonly others: number;
}

/** The output of `npm start -- --json`. */
export interface Summary {
    readonly project: string;
    readonly stack: string;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly warnings: readonly string[];
    readonly notes: readonly string[];
    readonly encryptedKeys: readonly string[];
    readonly counts: Counts;
    readonly images: readonly string[];
    readonly manifests: readonly Manifest[];
}

/** Summarizes a preview. */
export function summaryOf(
    { settings, outputs, warnings, notes, resources }: Preview,
    manifests: readonly Manifest[],
): Summary {
    const { project, stack, encryptedKeys } = settings;
    return {
        project,
        stack,
        outputs,
        warnings,
        notes,
        encryptedKeys,
        counts: countsOf(resources),
        images: imagesOf(manifests),
        manifests,
    };
}

/** Counts resources by type. */
export function countsOf(resources: Preview["resources"]): Counts {
    const count = (isCounted: (type: string) => boolean) =>
        resources.filter(({ custom, type }) => custom && isCounted(type)).length;
    const kubernetesObjects = count((type) => type.startsWith("kubernetes:"));
    const generatedSecrets = count((type) => type.startsWith("random:"));
    const components = resources.filter(({ custom }) => !custom).length;
    const others = resources.length - kubernetesObjects - generatedSecrets - components;
    return { kubernetesObjects, generatedSecrets, components, others };
}

/** The counts in words, such as "34 Kubernetes objects, 6 generated secrets, 12 components". */
export function inWords({ kubernetesObjects, generatedSecrets, components, others }: Counts): string {
    const words = [
        plural(kubernetesObjects, "Kubernetes object"),
        plural(generatedSecrets, "generated secret"),
        plural(components, "component"),
    ];
    return [...words, ...(others > 0 ? [plural(others, "other resource")] : [])].join(", ");
}

/** A number with its noun, in the plural unless the number is 1. */
export function plural(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
