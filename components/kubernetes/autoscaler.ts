import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";

/** How an autoscaler decides on the number of pods. */
export interface Autoscaling {
    readonly min: number;
    readonly max: number;
    /** Target use in percent of the request; CPU at 80 when neither is given. */
    readonly cpu?: number;
    readonly memory?: number;
    readonly behavior?: k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;
}

/** A further measure of the number of pods, in the form of KEDA (https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers). */
export interface Trigger {
    readonly type: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly authenticationRef?: { readonly name: string };
}

/** A Deployment to scale, and by what. */
export interface AutoscalerArgs {
    readonly scope: Scope;
    readonly autoscaling: Autoscaling;
    /** Measured beside CPU and memory; needs KEDA. */
    readonly trigger?: Trigger;
    /** Lets KEDA create a ScaledObject before this autoscaler is deleted: its webhook rejects a second autoscaler otherwise. */
    readonly allowKedaTakeover?: boolean;
}

/** Scales a Deployment: by a HorizontalPodAutoscaler or, with a trigger, by a ScaledObject, from which KEDA makes one. */
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

/** Target use in percent, by resource. */
function targetUse({ cpu, memory }: Autoscaling): [string, number][] {
    const targets = { cpu: cpu ?? (memory === undefined ? 80 : undefined), memory };
    return Object.entries(targets).flatMap(([name, percent]): [string, number][] =>
        percent === undefined ? [] : [[name, percent]],
    );
}

/** Default: up at once, down by one pod a minute after five minutes of lower use. */
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
            type: "Resource",
            resource: { name, target: { type: "Utilization", averageUtilization } },
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
            // The largest number of any trigger counts.
            ...targetUse(autoscaling).map(([type, percent]) => ({
                type,
                metricType: "Utilization",
                metadata: { value: String(percent) },
            })),
        ],
    };
}
