import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { count, kubernetesObject, keyReference, objectName, resources, stringMap } from "../fields/vocabulary";

const POD_REFERENCE = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";

const envValue = z
    .union(
        [
            z.union([z.string(), z.number(), z.boolean()]).transform(String),
            z.strictObject({ secret: keyReference }),
            z.strictObject({ configMap: keyReference }),
        ],
        { error: "has the wrong form. Write plain text, {secret: {name, key}} or {configMap: {name, key}}" },
    )
    .describe("plain text, {secret: {name, key}} or {configMap: {name, key}}");

const envSource = z
    .strictObject({
        secret: objectName(253).optional().describe("take every key of this Secret"),
        configMap: objectName(253).optional().describe("take every key of this ConfigMap"),
        prefix: z.string().optional().describe("put before each name"),
        optional: z.boolean().default(false).describe("start without it when it does not exist"),
    })
    .refine((source) => (source.secret === undefined) !== (source.configMap === undefined), {
        error: "names both a Secret and a ConfigMap, or neither. Give one of secret and configMap",
    });

const autoscaling = z
    .strictObject({
        min: count(1).default(2).describe("pods at rest"),
        max: count(1).describe("pods at most"),
        cpu: count(1, 100)
            .optional()
            .describe("wanted CPU use, percent of the request; 80 when memory is not given either"),
        memory: count(1, 100).optional().describe("wanted memory use, percent of the request"),
        behavior: kubernetesObject<types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior>(
            "speed of scaling; default: down by one pod a minute after five quiet minutes",
            "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior",
        ).optional(),
    })
    .refine((value) => value.min <= value.max, { error: "has a min above its max. Raise max, or lower min" });

const service = z.strictObject({
    type: z.enum(["ClusterIP", "NodePort", "LoadBalancer"]).default("ClusterIP").describe("how the Service is reached"),
    annotations: stringMap.default({}).describe("annotations of the Service"),
    ipFamilyPolicy: z
        .enum(["SingleStack", "PreferDualStack", "RequireDualStack"])
        .optional()
        .describe("IPv4, IPv6 or both; default: the cluster's own"),
});

/** Where pods may run. */
export const placement = {
    nodeSelector: stringMap.default({}).describe("labels that a node must have"),
    tolerations: z
        .array(kubernetesObject<types.input.core.v1.Toleration>("taint that pods put up with", POD_REFERENCE))
        .default([])
        .describe("tolerations"),
    affinity: kubernetesObject<types.input.core.v1.Affinity>(
        "nodes and neighbours that pods want or avoid",
        POD_REFERENCE,
    ).optional(),
    priorityClassName: objectName(253).optional().describe("PriorityClass of the pods"),
};

/** Settings of everything of Keep's that runs on and on: size, place and the ways to add what we did not think of. */
export const podFields = {
    image: z
        .string()
        .regex(/\S/, { error: "is empty. Name an image, or leave the key out" })
        .optional()
        .describe("an image of your own, used as written, instead of the one in keep:images"),
    resources: resources.optional().describe("requests and limits; default: by keep:size"),
    env: z.record(z.string(), envValue).default({}).describe("more environment variables, by name"),
    envFrom: z.array(envSource).default([]).describe("whole Secrets or ConfigMaps as environment"),
    command: z.array(z.string()).optional().describe("replaces the container's command"),
    args: z.array(z.string()).optional().describe("replaces the container's arguments"),
    podAnnotations: stringMap.default({}).describe("annotations of the pods"),
    podLabels: stringMap.default({}).describe("labels of the pods"),
    annotations: stringMap.default({}).describe("annotations of the Deployment"),
    ...placement,
    volumes: z
        .array(kubernetesObject<types.input.core.v1.Volume>("volume", POD_REFERENCE))
        .default([])
        .describe("more volumes of the pods"),
    volumeMounts: z
        .array(kubernetesObject<types.input.core.v1.VolumeMount>("mount", POD_REFERENCE))
        .default([])
        .describe("more mounts of the tier's own container"),
    initContainers: z
        .array(kubernetesObject<types.input.core.v1.Container>("container", POD_REFERENCE))
        .default([])
        .describe("more containers that run before the tier's own; with restartPolicy Always they stay beside it"),
    sidecars: z
        .array(kubernetesObject<types.input.core.v1.Container>("container", POD_REFERENCE))
        .default([])
        .describe("more containers beside the tier's own"),
};

/** Settings that every tier has that may have several pods. */
export const tierFields = {
    ...podFields,
    replicas: count(0).default(1).describe("number of pods; turns the autoscaling of a keep:size off"),
    autoscaling: autoscaling
        .optional()
        .describe("HorizontalPodAutoscaler; takes over from replicas. Above keep:size small there is one by default"),
    service: service.prefault({}).describe("the tier's Service"),
    topologySpread: z
        .array(kubernetesObject<types.input.core.v1.TopologySpreadConstraint>("rule", POD_REFERENCE))
        .optional()
        .describe("replaces the soft spread over zones and nodes"),
};

/** What `keep:backend`, `keep:frontend` and the like have in common. */
export const tier = z.strictObject(tierFields);

/** Settings that every tier has, validated and with defaults. */
export type TierConfig = z.infer<typeof tier>;

/** The settings of a tier that never has more than one pod, in the form of any tier's. */
export function singleReplica(
    config: Omit<TierConfig, "autoscaling" | "replicas" | "service" | "topologySpread">,
): TierConfig {
    return { ...config, replicas: 1, service: { type: "ClusterIP", annotations: {} } };
}

/** Extra environment of a tier, as written in the stack file. */
export type TierEnv = TierConfig["env"];

/** Pods that a tier may come to have. */
export function mostReplicas(config: Pick<TierConfig, "replicas" | "autoscaling">): number {
    return config.autoscaling?.max ?? config.replicas;
}

/** Pods that a tier has at least. */
export function leastReplicas(config: Pick<TierConfig, "replicas" | "autoscaling">): number {
    return config.autoscaling?.min ?? config.replicas;
}
