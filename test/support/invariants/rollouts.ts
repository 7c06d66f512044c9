import { podsOf } from "../objects";
import type { Invariant, Whole } from "./invariant";

/** Pods that a Deployment has at least, as its autoscaler or its own number says. */
function leastPods({ objects }: Whole, name: string): number {
    const of = (kind: string) => objects.find((object) => object.kind === kind && object.name === name)?.spec;
    const least =
        of("ScaledObject")?.minReplicaCount ?? of("HorizontalPodAutoscaler")?.minReplicas ?? of("Deployment")?.replicas;
    return typeof least === "number" ? least : 0;
}

/** Seconds that gunicorn gives to requests under way; others have stopped sooner. */
function gracefulSeconds(args: readonly string[]): number {
    return Number(args[args.indexOf("--graceful-timeout") + 1] ?? 0) || 0;
}

/** What a rollout, a drained node and a crowded cluster leave standing. */
export const rollouts: Readonly<Record<string, Invariant>> = {
    "replaces pods by ready ones, and one by one where there may be one only": ({ objects }) =>
        objects
            .filter(({ kind }) => kind === "Deployment")
            .filter(({ spec }) => {
                const { type, rollingUpdate } = spec.strategy as {
                    type: string;
                    rollingUpdate?: { maxUnavailable: number; maxSurge: number };
                };
                return type === "Recreate"
                    ? spec.replicas !== 1 && spec.replicas !== 0
                    : rollingUpdate?.maxUnavailable !== 0 || rollingUpdate.maxSurge < 1;
            })
            .map(({ id }) => id),

    "lets a stopping pod serve until the edge knows, and end what it has begun": (whole) =>
        podsOf(whole.run.resources)
            .filter(({ owner }) => owner.kind === "Deployment" && !/-(database|redis)$/.test(owner.name))
            .filter(({ spec }) => {
                const [main] = spec.containers;
                const drain = main?.lifecycle?.preStop?.sleep?.seconds ?? 0;
                return (
                    drain < 5 || (spec.terminationGracePeriodSeconds ?? 0) <= drain + gracefulSeconds(main?.args ?? [])
                );
            })
            .map(({ owner }) => owner.id),

    "spreads and protects what has several pods, and never has a pod wait for it": (whole) =>
        podsOf(whole.run.resources)
            .filter(({ owner }) => owner.kind === "Deployment" && leastPods(whole, owner.name) > 1)
            .filter(({ owner, spec }) => {
                const spread = spec.topologySpreadConstraints ?? [];
                const isProtected = whole.objects.some(
                    ({ kind, name }) => kind === "PodDisruptionBudget" && name === owner.name,
                );
                return (
                    !isProtected ||
                    spread.length < 2 ||
                    spread.some(({ whenUnsatisfiable }) => whenUnsatisfiable !== "ScheduleAnyway")
                );
            })
            .map(({ owner }) => owner.id),

    "scales down slowly": ({ objects }) =>
        objects
            .filter(({ kind }) => kind === "HorizontalPodAutoscaler" || kind === "ScaledObject")
            .filter(({ spec }) => !JSON.stringify(spec).includes('"stabilizationWindowSeconds":300'))
            .map(({ id }) => id),
};
