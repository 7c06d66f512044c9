import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { hostInUrl } from "../fields/host";
import { computedText } from "../tokens";
import type { Certificates } from "../airGapped/settings";
import type { Trigger } from "../kubernetes/autoscaler";
import type { SecretKeyRef } from "../kubernetes/env";
import { type Release, scopeOf } from "../naming";
import { type RedisAddress, sentinelPorts } from "./clients";
import { REDIS_PORT } from "./settings";

/** Address and credentials of the queue, for the tiers. */
export interface QueuePlace {
    readonly address: RedisAddress;
    readonly password: SecretKeyRef | undefined;
}

/** Arguments of queueTrigger. */
export interface QueueArgs extends QueuePlace {
    readonly release: Release;
    /** Target number of jobs for each pod. */
    readonly length: number;
    /** Additional authorities for TLS. */
    readonly extraCa: Certificates | undefined;
}

/**
 * Queue of the workers (KEEP_ARQ_QUEUE_BASIC in keep/api/consts.py). ARQ stores it in Redis as a sorted set with this
 * name (arq/connections.py, enqueue_job), and removes a job when it is done, so its size is the number of waiting and
 * running jobs.
 */
const QUEUE = "basic_processing";

/**
 * KEDA's trigger for the length of the queue, with its credentials for Redis. KEDA's scaler for lists also supports
 * sorted sets, whose size it reads with ZCARD (pkg/scalers/redis_scaler.go of KEDA).
 */
export function queueTrigger(name: string, args: QueueArgs, opts: pulumi.CustomResourceOptions): Trigger {
    const { address, release, length } = args;
    const { sentinel, tls, username } = address;
    const authenticationRef = createAuthentication(name, args, opts);
    return {
        type: sentinel === undefined ? "redis" : "redis-sentinel",
        metadata: {
            ...(sentinel === undefined
                ? serverMetadata(address, release)
                : {
                      addresses: sentinelPorts(sentinel.hosts)
                          .map((one) => `${outside(one.host, release)}:${one.port}`)
                          .join(","),
                      sentinelMaster: sentinel.service,
                  }),
            ...(username === undefined ? {} : { username }),
            // Keep always uses the default database (keep/api/redis_settings.py).
            databaseIndex: "0",
            enableTLS: String(tls),
            listName: QUEUE,
            listLength: String(length),
        },
        ...(authenticationRef === undefined ? {} : { authenticationRef }),
    };
}

/** Address of the server. If a part is in a Secret, KEDA needs host and port separately (its docs of redis-lists). */
function serverMetadata(
    { host = "", hostSecret, port = REDIS_PORT, portSecret }: RedisAddress,
    release: Release,
): Record<string, string> {
    const reached = outside(host, release);
    return hostSecret === undefined && portSecret === undefined
        ? { address: `${hostInUrl(reached)}:${port}` }
        : {
              ...(hostSecret === undefined ? { host: reached } : {}),
              ...(portSecret === undefined ? { port: String(port) } : {}),
          };
}

/** Adds the namespace to the name of a Service, because KEDA runs in another namespace. */
function outside(host: string, release: Release): string {
    return computedText(host, (known) =>
        /^[a-z0-9-]+$/i.test(known) && known !== "localhost" ? `${known}.${release.namespace}.svc` : known,
    );
}

function createAuthentication(
    name: string,
    { address, password, extraCa, release }: QueueArgs,
    opts: pulumi.CustomResourceOptions,
): { name: string } | undefined {
    const authority = address.tls ? extraCa : undefined;
    const { hostSecret: host, portSecret: port } = address;
    const secrets = Object.entries({ password: password?.secret, ca: authority?.secret, host, port }).flatMap(
        ([parameter, secret]) => (secret === undefined ? [] : [{ parameter, ...secret }]),
    );
    const configMaps = authority?.configMap === undefined ? [] : [{ parameter: "ca", ...authority.configMap }];
    if (secrets.length + configMaps.length === 0) {
        return undefined;
    }
    const { name: physicalName, namespace, labels } = scopeOf(release, "queue");
    new k8s.apiextensions.CustomResource(
        name,
        {
            apiVersion: "keda.sh/v1alpha1",
            kind: "TriggerAuthentication",
            metadata: { name: physicalName, namespace, labels },
            spec: {
                ...(secrets.length === 0 ? {} : { secretTargetRef: secrets }),
                ...(configMaps.length === 0 ? {} : { configMapTargetRef: configMaps }),
            },
        },
        opts,
    );
    return { name: physicalName };
}
