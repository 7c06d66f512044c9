import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "./context";
import type { Database } from "./database/database";
import { jobPlacement } from "./kubernetes/job";
import { type Account, ARBITRARY_USER, podSpec, scratch } from "./kubernetes/pod";
import { colocatedWith } from "./kubernetes/schedule";
import { scopeOf } from "./naming";
import type { DatabaseConfig } from "./database/settings";
import type { ImagesConfig } from "./fields/images";
import type { BackendConfig } from "./tiers/backend";

/** Settings of scheduled Jobs that use the database. */
interface ScheduledJobConfig {
    readonly backend: BackendConfig;
    readonly database: DatabaseConfig;
    readonly images: ImagesConfig;
    readonly version: string;
}

/** Arguments of scheduled Jobs that use the database. */
export interface ScheduledJobArgs extends Context<ScheduledJobConfig> {
    readonly database: Database;
    /** Resources that must exist before the Job. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** Parts of the pod that differ between these Jobs. */
export interface ScheduledPod {
    /** Run after the backend's init containers. */
    readonly initContainers?: readonly types.input.core.v1.Container[];
    readonly containers: readonly types.input.core.v1.Container[];
    readonly volumes: readonly types.input.core.v1.Volume[];
    readonly account: Account | undefined;
}

/**
 * Pod of a Job that uses the database, with a scratch volume `tmp`. It connects as the backend does, so it has the
 * backend's volumes, init containers and placement. With SQLite, it runs on the node of the backend, because both mount
 * the volume with the file.
 */
export function scheduledPod(
    { release, config, database, fixedUser }: ScheduledJobArgs,
    { account, initContainers = [], containers, volumes }: ScheduledPod,
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
        account,
        gracePeriodSeconds: 30,
        placement: {
            ...jobPlacement(backend),
            ...(file === undefined ? {} : { affinity: colocatedWith(scopeOf(release, "backend")) }),
        },
        restartPolicy: "Never",
    });
}
