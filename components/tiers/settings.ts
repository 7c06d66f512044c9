import type { types } from "@pulumi/kubernetes";
import * as z from "zod";

import { annotations, isQualifiedName } from "../fields/labels";
import { imageReference } from "../fields/images";
import { input } from "../fields/input";
import { ROUNDED, scalar } from "../fields/scalar";
import { NOT_A_VARIABLE, VARIABLE_NAME } from "../fields/variable";
import { count, keyReference, objectName, resources } from "../fields/vocabulary";
import { rejectBidirectional } from "../fields/kubernetes/containers";
import { kubernetesObject } from "../fields/kubernetes/object";
import { isLater } from "../tokens";
import { POD_REFERENCE, podFields } from "../pods/settings";
import { service } from "./service";

/**
 * Fields of a pod that can be environment variables (https://kubernetes.io/docs/concepts/workloads/pods/downward-api/).
 */
function isPodField(text: string): boolean {
    const [, name] = /^metadata\.(?:labels|annotations)\['([^']+)'\]$/.exec(text) ?? [];
    return name === undefined
        ? /^(metadata\.(name|namespace|uid)|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/.test(text)
        : isQualifiedName(name);
}

const field = z.string().refine(isPodField, {
    error: "is not a field that can be an environment variable. Use a field such as metadata.name, metadata.labels['team'], spec.nodeName or status.podIP",
});

const ENV_FORMS = "plain text, {secret: {name, key}}, {configMap: {name, key}} or {field: metadata.name}";

const envValue = z
    .union(
        [
            input(scalar),
            z.strictObject({ secret: keyReference }),
            z.strictObject({ configMap: keyReference }),
            z.strictObject({ field: field.describe("field of the pod") }),
        ],
        {
            error: ({ input: given }) =>
                typeof given === "number" ? ROUNDED : `has the wrong form. Write ${ENV_FORMS}`,
        },
    )
    .describe(ENV_FORMS);

const envSource = z
    .strictObject({
        secret: input(objectName(253)).optional().describe("Secret whose keys are the names of the variables"),
        configMap: input(objectName(253)).optional().describe("ConfigMap whose keys are the names of the variables"),
        prefix: z.string().regex(VARIABLE_NAME, { error: NOT_A_VARIABLE }).optional().describe("prefix of each name"),
        optional: z.boolean().default(false).describe("start even if it does not exist"),
    })
    .refine((source) => (source.secret === undefined) !== (source.configMap === undefined), {
        error: "must have exactly one of secret and configMap. Set one of them, and remove the other",
    });

/** A number of pods. More than 1000 are likely a typing error. */
function replicas(least: number) {
    return count(least, 1000);
}

/** A part of the request. Without a limit, containers can use several times their request. */
function percent(what: string) {
    return count(1, 1000).optional().describe(what);
}

const autoscaling = z
    .strictObject({
        min: replicas(1).default(2).describe("fewest pods"),
        max: replicas(1).describe("most pods"),
        cpu: percent("target CPU use, percent of the request; default: 80 without memory"),
        memory: percent("target memory use, percent of the request"),
        behavior: kubernetesObject<types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior>(
            "V2HorizontalPodAutoscalerBehavior",
            "scaling speed; default: remove one pod a minute, after five minutes of lower use",
            "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#configurable-scaling-behavior",
        ).optional(),
    })
    .refine((value) => value.min <= value.max, {
        error: "has a min greater than its max. Increase max, or reduce min",
    });

/** A user's containers. `faults` has messages for fields that Kubernetes rejects in these containers. */
function containers(faults: (container: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>) {
    return z
        .array(
            kubernetesObject<types.input.core.v1.Container>("V1Container", "container", POD_REFERENCE).superRefine(
                (container, context) => {
                    const given = container as unknown as Readonly<Record<string, unknown>>;
                    for (const [field, message] of Object.entries(faults(given))) {
                        if (given[field] !== undefined && given[field] !== null) {
                            context.addIssue({ code: "custom", path: [field], message });
                        }
                    }
                },
            ),
        )
        .default([]);
}

const ENDS = "is set, but this container exits before the others start. Remove it, or set restartPolicy to Always";
const NO_RULES = "needs a newer Kubernetes than this program supports. Remove it";

/** https://kubernetes.io/docs/concepts/workloads/pods/init-containers/ */
const initContainers = containers(({ restartPolicy }) => ({
    restartPolicyRules: NO_RULES,
    ...(restartPolicy === "Always"
        ? {}
        : {
              restartPolicy: "is not supported in an init container. Set it to Always, or remove it",
              lifecycle: ENDS,
              livenessProbe: ENDS,
              readinessProbe: ENDS,
              startupProbe: ENDS,
          }),
}));

const sidecars = containers(() => ({
    restartPolicyRules: NO_RULES,
    restartPolicy: "cannot be set here. Remove it, or move the container to initContainers",
}));

function hasDistinctSpread(rules: readonly types.input.core.v1.TopologySpreadConstraint[]): boolean {
    const keys = rules.flatMap(({ topologyKey, whenUnsatisfiable }) =>
        isLater(topologyKey) || isLater(whenUnsatisfiable) ? [] : [JSON.stringify([topologyKey, whenUnsatisfiable])],
    );
    return new Set(keys).size === keys.length;
}

/** Settings of all tiers: container, pods, and additional containers and volumes. */
export const tierPodFields = {
    image: input(imageReference).optional().describe("image to use as written, in place of the one in keep:images"),
    resources: resources.optional().describe("requests and limits; default: by keep:size"),
    env: z.record(z.string(), envValue).default({}).describe("additional environment variables, by name"),
    envFrom: z.array(envSource).prefault([]).describe("whole Secrets or ConfigMaps as environment"),
    command: z.array(z.string()).optional().describe("replaces the container's command"),
    args: z.array(z.string()).optional().describe("replaces the container's arguments"),
    startupSeconds: count(60, 86_400)
        .default(300)
        .describe("how long a container may take to start, before Kubernetes restarts it"),
    annotations: annotations.default({}).describe("annotations of the Deployment"),
    ...podFields,
    volumes: z
        .array(kubernetesObject<types.input.core.v1.Volume>("V1Volume", "volume", POD_REFERENCE))
        .default([])
        .describe("additional volumes of the pods"),
    volumeMounts: z
        .array(kubernetesObject<types.input.core.v1.VolumeMount>("V1VolumeMount", "mount", POD_REFERENCE))
        .superRefine((mounts, context) => {
            rejectBidirectional(mounts, context);
        })
        .default([])
        .describe("additional mounts of the tier's container"),
    initContainers: initContainers.describe("additional init containers; with restartPolicy Always they keep running"),
    sidecars: sidecars.describe("additional containers"),
};

/** Settings of a tier that can have several pods. */
export const tierFields = {
    ...tierPodFields,
    replicas: replicas(0).default(1).describe("number of pods; disables the autoscaling that keep:size sets"),
    autoscaling: autoscaling
        .optional()
        .describe("HorizontalPodAutoscaler, in place of replicas. Above keep:size small there is one by default"),
    service: service.prefault({}).describe("the tier's Service"),
    topologySpread: z
        .array(
            kubernetesObject<types.input.core.v1.TopologySpreadConstraint>(
                "V1TopologySpreadConstraint",
                "rule",
                POD_REFERENCE,
            ),
        )
        .refine(hasDistinctSpread, {
            error: "contains two rules with the same topologyKey and whenUnsatisfiable. Remove one of them",
        })
        .optional()
        .describe(
            "replaces the default spread over zones and nodes, which is only preferred; default of labelSelector: the tier's pods",
        ),
};

/** Schema of the common settings of `keep:backend`, `keep:frontend` and other tiers. */
export const tier = z.strictObject(tierFields);

/** Settings of a tier, validated and with defaults. */
export type TierConfig = z.infer<typeof tier>;

/** Completes the settings of a tier with at most one pod to those of any tier. */
export function singleReplica(
    config: Omit<TierConfig, "autoscaling" | "replicas" | "service" | "topologySpread">,
): TierConfig {
    return { ...config, replicas: 1, service: { type: "ClusterIP", annotations: {} } };
}

/** The user's environment of a tier. */
export type TierEnv = TierConfig["env"];

/**
 * Address on which a tier listens. If the kernel supports IPv6, `::` accepts connections of both families. With
 * ipv6.disable=1, a server cannot bind to it.
 */
export function bindAddress(
    { service }: Pick<TierConfig, "service">,
    pods: { readonly ipv6: boolean },
): "0.0.0.0" | "::" {
    const isDualStack = service.ipFamilyPolicy === "PreferDualStack" || service.ipFamilyPolicy === "RequireDualStack";
    return pods.ipv6 || isDualStack ? "::" : "0.0.0.0";
}

/** Maximum number of pods of a tier. */
export function maxReplicas(config: Pick<TierConfig, "replicas" | "autoscaling">): number {
    return config.autoscaling?.max ?? config.replicas;
}

/** Minimum number of pods of a tier. */
export function minReplicas(config: Pick<TierConfig, "replicas" | "autoscaling">): number {
    return config.autoscaling?.min ?? config.replicas;
}
