import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context";
import { imageOf } from "../fields/images";
import { amountOf } from "../fields/quantity";
import { REDIS_PORT, type RedisConfig } from "./settings";
import type { ConfiguredSecrets } from "../secrets/settings";
import type { Resources } from "../fields/vocabulary";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { Volume } from "../kubernetes/volume";
import { Workload } from "../kubernetes/workload";
import { scopeOf, secretName, volumeNames } from "../naming";
import { accountOf } from "../pods/accounts";
import { fingerprint } from "../secrets/fingerprint";
import { computedText } from "../tokens";
import { generatedPassword } from "../secrets/generated";
import { keepRedisEnv, soketiRedisEnv } from "./clients";
import type { QueuePlace } from "./queueScaling";

/** Default requests and limits of Redis in the cluster. */
const RESOURCES = { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "1", memory: "512Mi" } };

/** Key of the password for Soketi, as JSON, because Soketi would parse a password of digits as a number. */
const SOKETI_PASSWORD = "password-json";

/** Arguments of Redis. */
export interface RedisArgs extends Context<Exclude<RedisConfig, { kind: "none" }>> {
    readonly secrets: ConfiguredSecrets;
}

/** Redis, in the cluster or external: the queue between API and workers, and the channel between Soketi's pods. */
export class Redis extends pulumi.ComponentResource {
    /** Environment of Keep's processes. */
    public readonly env: Env;
    /** Environment of Soketi. */
    public readonly websocketEnv: Env;
    /** Address, and password if it has one. */
    public readonly place: QueuePlace;
    /** Hash of the password. */
    public readonly fingerprint: pulumi.Output<string>;

    constructor(name: string, args: RedisArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Redis", name, {}, opts);
        const { release, config, secrets } = args;
        const scope = scopeOf(release, "redis");
        const child = { parent: this };

        const value =
            config.kind === "bundled" && config.passwordSecret === undefined
                ? generatedPassword(name, child)
                : secrets.redisPassword;
        const metadata = { name: secretName(release, "redis"), namespace: scope.namespace, labels: scope.labels };
        const secret =
            value === undefined
                ? undefined
                : new k8s.core.v1.Secret(
                      name,
                      { metadata, stringData: { password: value, [SOKETI_PASSWORD]: asJson(value) }, type: "Opaque" },
                      child,
                  );
        const password = passwordReference(config, secret === undefined ? undefined : metadata.name);
        this.fingerprint = fingerprint(args.fingerprintKey, value === undefined ? {} : { password: value });

        if (config.kind === "bundled") {
            const volume =
                config.volume === undefined
                    ? undefined
                    : new Volume(
                          name,
                          { scope, ...volumeNames(release, "redis"), ...config.volume, retain: false },
                          child,
                      );
            new Workload(
                name,
                {
                    scope,
                    pod: serverPod(args, config, password, volume?.claimName),
                    scaling: { replicas: 1 },
                    recreate: true,
                    port: { name: "redis", number: REDIS_PORT },
                    podAnnotations: { ...config.podAnnotations, "keep.pulumi/credentials": this.fingerprint },
                    podLabels: config.podLabels,
                    dependsOn: [secret, volume].filter((part) => part !== undefined),
                },
                child,
            );
        }

        const address = config.kind === "bundled" ? { host: scope.name, port: REDIS_PORT, tls: false } : config;
        this.place = { address, password };
        this.env = keepRedisEnv(address, password);
        // Releases that share a Redis must not receive each other's events.
        this.websocketEnv = soketiRedisEnv(address, {
            password: secret === undefined ? password : { secret: { name: metadata.name, key: SOKETI_PASSWORD } },
            isJson: secret !== undefined,
            prefix: `${release.namespace}-${release.name}`,
        });
        this.registerOutputs({});
    }
}

function asJson(text: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.secret(text).apply((value) => JSON.stringify(value));
}

function passwordReference(config: RedisArgs["config"], own: string | undefined): SecretKeyRef | undefined {
    if (own !== undefined) {
        return { secret: { name: own, key: "password" } };
    }
    return config.passwordSecret === undefined ? undefined : { secret: config.passwordSecret };
}

function serverPod(
    { images, release, fixedUser }: RedisArgs,
    config: Extract<RedisConfig, { kind: "bundled" }>,
    password: SecretKeyRef | undefined,
    claimName: string | undefined,
): k8s.types.input.core.v1.PodSpec {
    const resources = config.resources ?? RESOURCES;
    const program = (name: string) =>
        computedText(images.redis, (reference) => `${isValkey(reference) ? "valkey" : "redis"}-${name}`);
    return podSpec({
        containers: [
            container({
                name: "redis",
                image: imageOf(images, "redis", release.version),
                pullPolicy: images.pullPolicy,
                command: [program("server")],
                // If the memory is full, Redis rejects new jobs instead of dropping queued ones.
                args: [
                    "--requirepass",
                    "$(PASSWORD)",
                    // With a volume, Redis writes each job to the volume within a second.
                    "--appendonly",
                    claimName === undefined ? "no" : "yes",
                    "--save",
                    "",
                    "--maxmemory",
                    String(dataBytes(resources)),
                    "--maxmemory-policy",
                    "noeviction",
                    "--dir",
                    "/data",
                ],
                env: { PASSWORD: password, REDISCLI_AUTH: password },
                ports: { redis: REDIS_PORT },
                health: { port: "redis", command: [program("cli"), "ping"] },
                resources,
                mounts: [{ name: "data", mountPath: "/data" }],
            }),
        ],
        volumes: [
            claimName === undefined ? scratch("data", "512Mi") : { name: "data", persistentVolumeClaim: { claimName } },
        ],
        user: fixedUser ? ARBITRARY_USER : undefined,
        pullSecrets: images.pullSecrets,
        account: accountOf(config),
        gracePeriodSeconds: 30,
        placement: config,
    });
}

/**
 * Whether an image is one of Valkey by its name. The programs of others have the names of Redis, which Valkey's image also contains as
 * links (README.md of valkey-io/valkey).
 */
function isValkey(reference: string): boolean {
    return /valkey[^/]*$/.test(reference);
}

/** Memory for data: half of the container's limit, because fragmentation and client buffers need memory too. */
function dataBytes({ requests, limits }: Resources): number {
    const memory = limits?.memory ?? requests?.memory ?? RESOURCES.limits.memory;
    return Math.floor(amountOf(memory) / 2);
}
