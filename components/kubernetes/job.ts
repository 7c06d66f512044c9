import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import type { Placement } from "./pod";

/** The user's annotations and labels for the pods of a Job. */
export interface JobPodMetadata {
    readonly podAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels: Readonly<Record<string, string>>;
}

/**
 * Requests that a service mesh adds its proxy as a native sidecar, which Kubernetes stops when the Job's containers
 * have exited. An ordinary container would keep the pod running until the Job's deadline
 * (https://linkerd.io/2/features/native-sidecars,
 * https://istio.io/latest/docs/reference/config/annotations/#SidecarNativeSidecar).
 */
const NATIVE_SIDECAR = {
    "config.beta.linkerd.io/proxy-enable-native-sidecar": "true",
    "sidecar.istio.io/nativeSidecar": "true",
};

/** Metadata of a Job's pods. */
export function jobPodMetadata(
    { labels }: Pick<Scope, "labels">,
    { podAnnotations, podLabels }: JobPodMetadata,
): types.input.meta.v1.ObjectMeta {
    return { labels: { ...podLabels, ...labels }, annotations: { ...NATIVE_SIDECAR, ...podAnnotations } };
}

/**
 * Placement of a Job's pods that have a tier's settings, without the rules about other pods. Those are for the tier: with a node for
 * each of its pods, a required anti-affinity between them would leave no node to the Job. A Job's pod does not have the label
 * pod-template-hash either, so that `matchLabelKeys` is ignored (pkg/registry/core/pod/strategy.go, applyLabelKeysToLabelSelector).
 */
export function jobPlacement(tier: Placement): Placement {
    const nodeAffinity = tier.affinity?.nodeAffinity;
    return {
        ...tier,
        affinity: nodeAffinity === undefined ? undefined : { nodeAffinity },
        topologySpread: undefined,
    };
}
