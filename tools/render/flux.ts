import type { Rendered } from "./objects";

/** Names for Flux's objects. */
export interface FluxPlace {
    readonly release: string;
    /** Path of the rendered folder in its repository. */
    readonly path: string;
}

/**
 * A Kustomization of Flux for each wave, which depends on that of the previous wave
 * (https://fluxcd.io/flux/components/kustomize/kustomizations/). Flux does not wait for the last wave.
 */
export function fluxKustomizations(objects: readonly Rendered[], { release, path }: FluxPlace): object[] {
    const waves = [...new Set(objects.map(({ wave }) => wave))].sort((a, b) => a - b);
    const nameOf = (wave: number) => `${release}-wave-${wave}`;
    return waves.map((wave, index) => {
        const before = waves[index - 1];
        return {
            apiVersion: "kustomize.toolkit.fluxcd.io/v1",
            kind: "Kustomization",
            metadata: { name: nameOf(wave), namespace: "flux-system" },
            spec: {
                interval: "10m",
                timeout: `${timeout(objects.filter((one) => one.wave === wave))}s`,
                path: `./${path}/wave-${wave}`,
                prune: true,
                wait: index < waves.length - 1,
                sourceRef: { kind: "GitRepository", name: "flux-system" },
                ...(before === undefined ? {} : { dependsOn: [{ name: nameOf(before) }] }),
            },
        };
    });
}

/** Timeout of a wave in seconds: the deadline of its Job plus one minute, and at least ten minutes. */
function timeout(objects: readonly Rendered[]): number {
    const deadlines = objects.map(({ manifest: { content } }) => {
        const spec = content.spec as { activeDeadlineSeconds?: number } | undefined;
        return (spec?.activeDeadlineSeconds ?? 0) + 60;
    });
    return Math.max(600, ...deadlines);
}
