import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../naming";
import { type JobPodMetadata, jobPodMetadata } from "./job";

/** Arguments of a schedule. */
export interface ScheduleArgs extends JobPodMetadata {
    readonly scope: Scope;
    /** Cron schedule. */
    readonly schedule: string;
    readonly timeZone: string;
    /** Deadline of a run, in seconds. */
    readonly timeoutSeconds: number;
    readonly pod: k8s.types.input.core.v1.PodSpec;
    readonly dependsOn?: readonly pulumi.Resource[];
}

/**
 * A CronJob without concurrent runs and without retries. It keeps the pod of a failed run, so that users can read its
 * log.
 */
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
                            template: { metadata: jobPodMetadata(scope, args), spec: args.pod },
                        },
                    },
                },
            },
            { parent: this, dependsOn: [...(args.dependsOn ?? [])] },
        );
        this.registerOutputs({});
    }
}

/** Affinity to the node of a component's pod, which has mounted a volume that only one node can mount. */
export function colocatedWith(scope: Scope): k8s.types.input.core.v1.Affinity {
    return {
        podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
                { labelSelector: { matchLabels: scope.selector }, topologyKey: "kubernetes.io/hostname" },
            ],
        },
    };
}
