import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";

/** How an autoscaler decides on the number of pods. */
export interface Autoscaling {
    readonly min: number;
    readonly max: number;
    /** Wanted use in percent of the request; CPU at 80 when neither is given. */
    readonly cpu?: number;
    readonly memory?: number;
    readonly behavior?: k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;
}

/** What else the number of pods follows from, as KEDA takes it (https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers). */
export interface Trigger {
    readonly type: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly authenticationRef?: { readonly name: string };
}

/** What autoscaling is made from. */
export interface AutoscalerArgs {
    readonly scope: Scope;
    readonly autoscaling: Autoscaling;
    /** Measured beside CPU and memory; only KEDA can. */
    readonly trigger?: Trigger;
    /** Lets a ScaledObject come before this autoscaler goes: KEDA would refuse a second one otherwise. */
    readonly yieldsToKeda?: boolean;
}

/** Scales a Deployment: a HorizontalPodAutoscaler, or KEDA's ScaledObject, which makes one, where there is more to measure. */
export function createAutoscaler(name: string, args: AutoscalerArgs, opts: pulumi.CustomResourceOptions): void {
    const { scope, trigger, yieldsToKeda } = args;
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
    const annotations = yieldsToKeda === true ? { "validations.keda.sh/hpa-ownership": "false" } : undefined;
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        name,
        { metadata: { ...metadata, annotations }, spec: autoscalerSpec(args) },
        opts,
    );
}

/** Wanted use in percent, by what is used. */
function wantedUse({ cpu, memory }: Autoscaling): [string, number][] {
    const wanted = { cpu: cpu ?? (memory === undefined ? 80 : undefined), memory };
    return Object.entries(wanted).flatMap(([name, percent]): [string, number][] =>
        percent === undefined ? [] : [[name, percent]],
    );
}

/** Up at once, down by one pod a minute after five quiet minutes, unless the stack says otherwise. */
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
        metrics: wantedUse(autoscaling).map(([name, averageUtilization]) => ({
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
            // The largest number that any of the triggers asks for is taken.
            ...wantedUse(autoscaling).map(([type, percent]) => ({
                type,
                metricType: "Utilization",
                metadata: { value: String(percent) },
            })),
        ],
    };
}
