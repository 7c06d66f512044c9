import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";

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
