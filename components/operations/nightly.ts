import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import type { KeepConfig } from "../settings/resolve";
import type { Database } from "../database/database";
import { ARBITRARY_USER, podSpec, scratch } from "../kubernetes/pod";
import { besidePodsOf } from "../kubernetes/schedule";
import { scopeOf } from "../naming";

/** What every nightly job on the database is made from. */
export interface NightlyArgs extends Context<KeepConfig> {
    readonly database: Database;
    /** What must be finished before the job exists. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** What a job's pod has of its own. */
export interface NightlyPod {
    /** They run after the backend's init containers. */
    readonly initContainers?: readonly types.input.core.v1.Container[];
    readonly containers: readonly types.input.core.v1.Container[];
    readonly volumes: readonly types.input.core.v1.Volume[];
}

/**
 * Pod of a job that asks the database, with a scratch directory `tmp`. It reaches the database as the backend does, so it has the
 * backend's volumes, init containers and place; where the database is a file, it runs on the backend's node.
 */
export function nightlyPod(
    { release, config, database, fixedUser }: NightlyArgs,
    { initContainers = [], containers, volumes }: NightlyPod,
): types.input.core.v1.PodSpec {
    const { backend, images } = config;
    const { file } = database;
    return podSpec({
        initContainers: [...backend.initContainers, ...initContainers],
        containers,
        volumes: [
            scratch("tmp", "256Mi"),
            ...volumes,
            ...(file === undefined ? [] : [file.volume]),
            ...backend.volumes,
        ],
        user: fixedUser ? ARBITRARY_USER : undefined,
        pullSecrets: images.pullSecrets,
        gracePeriodSeconds: 30,
        placement: {
            ...backend,
            topologySpread: undefined,
            ...(file === undefined ? {} : { affinity: besidePodsOf(scopeOf(release, "backend")) }),
        },
        restartPolicy: "Never",
    });
}
