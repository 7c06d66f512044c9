import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { componentOf, type Scope } from "../naming";

/** Settings of an autoscaler. */
export interface Autoscaling {
    readonly min: number;
    readonly max: number;
    /** Target utilization in percent of the request; default: 80 for CPU. */
    readonly cpu?: number;
    readonly memory?: number;
    readonly behavior?: k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;
}

/** A trigger of KEDA (https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers). */
export interface Trigger {
    readonly type: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly authenticationRef?: { readonly name: string };
}

/** Arguments of createAutoscaler. */
export interface AutoscalerArgs {
    readonly scope: Scope;
    readonly autoscaling: Autoscaling;
    /** Trigger in addition to CPU and memory; needs KEDA. */
    readonly trigger?: Trigger;
    /**
     * Allows KEDA to create a ScaledObject before this autoscaler is deleted. Otherwise, its webhook rejects a second
     * autoscaler.
     */
    readonly allowKedaTakeover?: boolean;
}

/** Creates a HorizontalPodAutoscaler or, with a trigger, a ScaledObject, for which KEDA creates one. */
export function createAutoscaler(name: string, args: AutoscalerArgs, opts: pulumi.CustomResourceOptions): void {
    const { scope, trigger, allowKedaTakeover } = args;
    const metadata = { name: scope.name, namespace: scope.namespace, labels: scope.labels };
    if (trigger !== undefined) {
        new k8s.apiextensions.CustomResource(
            name,
            { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata, spec: scaledObjectSpec(args, trigger) },
            opts,
        );
        return;
    }
    // https://keda.sh/docs/latest/concepts/admission-webhooks/
    const annotations = allowKedaTakeover === true ? { "validations.keda.sh/hpa-ownership": "false" } : undefined;
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        name,
        { metadata: { ...metadata, annotations }, spec: autoscalerSpec(args) },
        opts,
    );
}

/** Target utilization in percent of the component's own container, by resource. */
export function targetUse({ cpu, memory }: Pick<Autoscaling, "cpu" | "memory">): [string, number][] {
    const targets = { cpu: cpu ?? (memory === undefined ? 80 : undefined), memory };
    return Object.entries(targets).flatMap(([name, percent]): [string, number][] =>
        percent === undefined ? [] : [[name, percent]],
    );
}

/** Default: adds pods immediately, and removes one pod per minute after five minutes of lower utilization. */
function behaviorOf({ behavior }: Autoscaling): k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior {
    return (
        behavior ?? {
            scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] },
        }
    );
}

function autoscalerSpec({
    scope,
    autoscaling,
}: AutoscalerArgs): k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: scope.name },
        minReplicas: autoscaling.min,
        maxReplicas: autoscaling.max,
        metrics: targetUse(autoscaling).map(([name, averageUtilization]) => ({
            // Not of the whole pod, whose use is unknown if a sidecar has no requests, such as one that a mesh adds.
            type: "ContainerResource",
            containerResource: {
                container: componentOf(scope),
                name,
                target: { type: "Utilization", averageUtilization },
            },
        })),
        behavior: behaviorOf(autoscaling),
    };
}

function scaledObjectSpec({ scope, autoscaling }: AutoscalerArgs, trigger: Trigger): object {
    return {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: scope.name },
        minReplicaCount: autoscaling.min,
        maxReplicaCount: autoscaling.max,
        advanced: { horizontalPodAutoscalerConfig: { behavior: behaviorOf(autoscaling) } },
        triggers: [
            trigger,
            // The trigger with the largest number of pods is used.
            ...targetUse(autoscaling).map(([type, percent]) => ({
                type,
                metricType: "Utilization",
                metadata: { value: String(percent), containerName: componentOf(scope) },
            })),
        ],
    };
}
