import * as pulumi from "@pulumi/pulumi";

import { Access } from "./access";
import { authEnv } from "./auth";
import { type KeepArgs, keepConfig } from "./config/args";
import type { KeepConfig } from "./config/resolve";
import { createDatabase } from "./database/create";
import { effectiveConfig } from "./effective";
import { Elasticsearch } from "./elasticsearch";
import { keepEnvironment } from "./environment";
import { joined } from "./generated";
import { createIngress } from "./ingress/create";
import { serviceNeeds } from "./ingress/services";
import { type PublicUrls, publicUrls } from "./ingress/urls";
import { createNamespace } from "./namespace";
import { Network } from "./network/network";
import { createOperations } from "./operations/create";
import { Redis } from "./redis";
import { releaseOf } from "./release";
import { isRetained, refuseOtherCluster } from "./removal";
import { type FirstUser, Secrets } from "./secrets";
import { Setup } from "./setup";
import { Backend, backendEndpoint } from "./tiers/backend";
import { Consumer } from "./tiers/consumer";
import { Frontend, frontendEndpoint } from "./tiers/frontend";
import { Websocket, websocketEndpoint } from "./tiers/websocket";
import { Worker } from "./tiers/worker";

export type { KeepArgs } from "./config/args";

/**
 * A whole Keep: alert management on Kubernetes. This one component is what the stack program makes, what other programs
 * import, and what programs in other languages construct.
 */
export class Keep extends pulumi.ComponentResource {
    /** Every public address. */
    public readonly urls: PublicUrls;
    /** Namespace of the pods. */
    public readonly namespace: string;
    /** First user and generated password, secret; undefined when an identity provider signs people in. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;

    /**
     * @param args settings and secrets as a program gives them, or what `loadConfig` has read from a stack file.
     * @throws pulumi.RunError naming every mistake in the arguments at once; nothing has been created then.
     */
    constructor(name: string, args: KeepArgs | KeepConfig, opts?: pulumi.ComponentResourceOptions) {
        const given = "secrets" in args ? args : keepConfig(name, args);
        super("keep:index:Keep", name, {}, opts);
        refuseOtherCluster(this, given);
        const release = releaseOf(given);
        const config = effectiveConfig(given, release);
        this.urls = publicUrls(config);
        this.namespace = release.namespace;

        const retain = isRetained(config);
        const namespace = createNamespace(name, release, config.namespace, { parent: this, retainOnDelete: retain });
        const child = { parent: this, dependsOn: namespace };
        const { images, secretStore, serviceAccount } = config;
        const fixedUser = config.platform === "kubernetes";

        const secrets = new Secrets(`${name}-secrets`, { release, config }, child);
        this.firstUser = secrets.firstUser;
        const access = new Access(`${name}-access`, { release, secretStore, serviceAccount, retain }, child);
        const server = { release, images, secrets: config.secrets, fingerprintKey: secrets.fingerprintKey, fixedUser };
        const database = createDatabase(
            `${name}-database`,
            { ...server, config: config.database, adopted: config.adopt !== undefined },
            child,
        );
        const redis =
            config.redis.kind === "none"
                ? undefined
                : new Redis(`${name}-redis`, { ...server, config: config.redis }, child);
        const elasticsearch =
            config.elasticsearch === undefined
                ? undefined
                : new Elasticsearch(`${name}-elasticsearch`, { ...server, config: config.elasticsearch }, child);
        const brought = [redis, elasticsearch].filter((part) => part !== undefined);

        const websocket = config.websocket.kind === "soketi" ? websocketEndpoint(release) : undefined;
        const endpoints = { frontend: frontendEndpoint(release), backend: backendEndpoint(release), websocket };
        const needs = serviceNeeds(config.ingress, endpoints);
        const auth = authEnv(config.auth, secrets.auth);
        const parts = [auth.backend, database.env, access.env, ...brought.map((part) => part.env)];
        const env = keepEnvironment({ config, urls: this.urls, secrets, parts, websocket });
        const network = config.networkPolicy.enabled
            ? [new Network(`${name}-network`, { release, config }, child)]
            : [];
        const foundation = [...namespace, ...network, secrets, access, database, ...brought];
        const account = { name: access.serviceAccount, usesToken: access.usesToken };
        const setup = new Setup(
            `${name}-setup`,
            { release, config, secrets, database, env, serviceAccount: account, fixedUser, dependsOn: foundation },
            child,
        );

        const fingerprint = joined([
            secrets.runtimeFingerprint,
            database.fingerprint,
            ...brought.map((part) => part.fingerprint),
            setup.inPod?.fingerprint,
        ]);
        const tier = { release, images, fixedUser, fingerprint, dependsOn: [...foundation, setup] };
        new Backend(
            `${name}-backend`,
            {
                ...tier,
                config: config.backend,
                serviceNeeds: needs.backend,
                env,
                database,
                serviceAccount: account,
                hasWorkers: redis !== undefined,
                hasConsumer: config.consumer.enabled,
                setup: setup.inPod,
            },
            child,
        );
        if (redis !== undefined) {
            new Worker(
                `${name}-worker`,
                {
                    ...tier,
                    config: config.worker,
                    queue: redis.place,
                    extraCa: config.extraCa,
                    env,
                    hasMetrics: config.monitoring.enabled,
                    serviceAccount: account,
                },
                child,
            );
        }
        if (config.consumer.enabled) {
            new Consumer(`${name}-consumer`, { ...tier, config: config.consumer, env, serviceAccount: account }, child);
        }

        const operations = { release, config, database, fixedUser, metricsLogin: secrets.metricsLogin };
        createOperations(name, { ...operations, dependsOn: tier.dependsOn }, child);

        if (config.websocket.kind === "soketi" && secrets.pusher !== undefined) {
            new Websocket(
                `${name}-websocket`,
                {
                    ...tier,
                    config: config.websocket,
                    serviceNeeds: needs.websocket,
                    pusher: secrets.pusher,
                    redisEnv: redis?.websocketEnv ?? {},
                    fingerprint: joined([secrets.runtimeFingerprint, redis?.fingerprint]),
                    // Needs no database: it starts while setup still runs.
                    dependsOn: [...namespace, ...network, secrets, ...(redis === undefined ? [] : [redis])],
                },
                child,
            );
        }
        const { frontend, ingress, openai, publicUrl, telemetry } = config;
        new Frontend(
            `${name}-frontend`,
            {
                ...tier,
                config: frontend,
                serviceNeeds: needs.frontend,
                auth: auth.frontend,
                openai,
                telemetry,
                backend: endpoints.backend,
                urls: this.urls,
                secrets,
                fingerprint: secrets.runtimeFingerprint,
                // After setup, like the API: where an upgrade's migration fails, both stay as they were.
                dependsOn: [...namespace, ...network, secrets, setup],
            },
            child,
        );
        createIngress(`${name}-ingress`, { release, config: ingress, publicUrl, endpoints }, child);

        this.registerOutputs({ urls: this.urls, namespace: this.namespace, firstUser: this.firstUser });
    }
}
