import type { RecordedResource } from "../inProcess/recordedResource";
import { isRecord } from "../inProcess/secrets";

/** Kinds that must be ready before objects that depend on them are applied. */
const AWAITED = ["Deployment", "Job", "Secret", "Cluster"];

/**
 * The wave of each Kubernetes object, by URN: 0, 1, 2 … without gaps. The objects of a wave are applied together, and
 * the next wave starts when they are healthy. Waves follow from `dependsOn`, except that some objects become healthy
 * only later:
 *
 * - A claim is in the wave of the pods that mount it, because many storage classes bind it only then
 *   (https://github.com/argoproj/argo-cd/issues/12840).
 * - An object that belongs to a Deployment, such as its disruption budget, is in the wave of the Deployment.
 * - Ingresses, load balancers, autoscalers and most custom resources are in the last wave: some controllers never report
 *   them as healthy
 *   (https://argo-cd.readthedocs.io/en/stable/faq/), and an autoscaler waits for metrics. The Cluster of CloudNativePG is in
 *   a wave before the objects that connect to it. So an object does not wait for one of these, except a Job that follows
 *   all others, such as the verification.
 */
export function wavesOf(resources: readonly RecordedResource[]): Map<string, number> {
    const objects = resources.filter(({ type, custom }) => custom && type.startsWith("kubernetes:"));
    const deployments = objects.filter((object) => kindOf(object) === "Deployment");
    const known = new Map<string, number>();

    const byDependencies = (object: RecordedResource): number => {
        const before = object.dependencies.filter(
            (one) => objects.some(({ urn }) => urn === one.urn) && (!isHealthyLate(one) || isFinalJob(object)),
        );
        return Math.max(1, ...before.map((other) => waveOf(other) + (AWAITED.includes(kindOf(other)) ? 1 : 0)));
    };
    const isFinalJob = (object: RecordedResource) =>
        kindOf(object) === "Job" &&
        !objects.some(({ dependencies }) => dependencies.some(({ urn }) => urn === object.urn));
    const waveOf = (object: RecordedResource): number => {
        const present = known.get(object.urn);
        if (present !== undefined) {
            return present;
        }
        const wave = ownWave(object);
        known.set(object.urn, wave);
        return wave;
    };
    const ownWave = (object: RecordedResource): number => {
        const kind = kindOf(object);
        if (kind === "Namespace") {
            return 0;
        }
        if (kind === "PersistentVolumeClaim") {
            const mounting = deployments.filter((deployment) =>
                claimsOf(deployment).includes(object.physicalName ?? ""),
            );
            return mounting.length === 0 ? LAST : Math.min(...mounting.map(waveWithoutClaims));
        }
        if (isHealthyLate(object)) {
            return LAST;
        }
        const sibling = deployments.find(({ parent }) => parent !== undefined && parent === object.parent);
        return sibling === undefined || sibling === object || AWAITED.includes(kind)
            ? byDependencies(object)
            : waveOf(sibling);
    };
    /** Without its claims, on which a Deployment depends, but whose wave follows from that of the Deployment. */
    const waveWithoutClaims = (deployment: RecordedResource): number => {
        const dependencies = deployment.dependencies.filter((one) => kindOf(one) !== "PersistentVolumeClaim");
        return byDependencies({ ...deployment, dependencies });
    };

    const waves = objects.map((object): [string, number] => [object.urn, waveOf(object)]);
    const used = [...new Set(waves.map(([, wave]) => wave))].sort((a, b) => a - b);
    return new Map(waves.map(([urn, wave]) => [urn, used.indexOf(wave)]));
}

const LAST = Number.MAX_SAFE_INTEGER;

/** Kind of a resource: the last part of its type. */
export function kindOf({ type }: RecordedResource): string {
    return type.replace(/^.*:/, "");
}

/** Groups of objects that are healthy as soon as they exist. Without Cilium's policy, pods may have no name server. */
const HEALTHY_AT_ONCE = /^(cilium\.io|(rbac\.authorization|networking|policy|storage)\.k8s\.io)$/;

function isHealthyLate(object: RecordedResource): boolean {
    const [, group = ""] = /^kubernetes:(.*)\/[^/]*$/.exec(object.type) ?? [];
    const spec = isRecord(object.inputs.spec) ? object.inputs.spec : {};
    const isHealthyAtOnce = !group.includes(".") || HEALTHY_AT_ONCE.test(group);
    const kinds = ["HorizontalPodAutoscaler", "Ingress"];
    if (AWAITED.includes(kindOf(object))) {
        return false;
    }
    return !isHealthyAtOnce || kinds.includes(kindOf(object)) || spec.type === "LoadBalancer";
}

function claimsOf({ inputs }: RecordedResource): string[] {
    return JSON.stringify(inputs)
        .split('"claimName":"')
        .slice(1)
        .map((text) => text.replace(/".*$/, ""));
}
