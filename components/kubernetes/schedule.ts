import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";

/** Work that is done again and again. */
export interface ScheduleArgs {
    readonly scope: Scope;
    /** When, as in cron. */
    readonly schedule: string;
    readonly timeZone: string;
    /** How long one run may take. */
    readonly timeoutSeconds: number;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;
    readonly dependsOn?: readonly pulumi.Resource[];
}

/** A CronJob of which one run at most is under way; a run that failed is not repeated before its time, but kept to be looked at. */
export class Schedule extends pulumi.ComponentResource {
    constructor(name: string, args: ScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:kubernetes:Schedule", name, {}, opts);
        const { scope, schedule, timeZone } = args;
        const { labels } = scope;
        new k8s.batch.v1.CronJob(
            name,
            {
                metadata: { name: scope.name, namespace: scope.namespace, labels },
                spec: {
                    schedule,
                    timeZone,
                    concurrencyPolicy: "Forbid",
                    startingDeadlineSeconds: 3600,
                    successfulJobsHistoryLimit: 1,
                    failedJobsHistoryLimit: 3,
                    jobTemplate: {
                        metadata: { labels },
                        spec: {
                            backoffLimit: 0,
                            activeDeadlineSeconds: args.timeoutSeconds,
                            template: { metadata: { labels, annotations: args.podAnnotations }, spec: args.pod },
                        },
                    },
                },
            },
            { parent: this, dependsOn: [...(args.dependsOn ?? [])] },
        );
        this.registerOutputs({});
    }
}

/** Puts a pod on the node of another part's pod: the way to a disk that only one node may mount. */
export function besidePodsOf(scope: Scope): k8s.types.input.core.v1.Affinity {
    return {
        podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
                { labelSelector: { matchLabels: scope.selector }, topologyKey: "kubernetes.io/hostname" },
            ],
        },
    };
}
