import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Access } from "./access";
import type { KeepConfig } from "./config";
import { type EnvTier, envTiers } from "./config/secrets";
import { createDatabase } from "./database/create";
import { keepEnvironment } from "./environment";
import { createIngress } from "./ingress/create";
import { serviceNeeds } from "./ingress/services";
import { type PublicUrls, publicUrls } from "./ingress/urls";
import { type Release, scopeOf } from "./naming";
import { Redis } from "./redis";
import { type FirstUser, secretEnvOf, Secrets } from "./secrets";
import { Setup } from "./setup";
import { Backend, backendEndpoint } from "./tiers/backend";
import { Frontend, frontendEndpoint } from "./tiers/frontend";
import { Websocket, websocketEndpoint } from "./tiers/websocket";
import { Worker } from "./tiers/worker";

/** A whole Keep: alert management on Kubernetes, from one validated configuration. */
export class Keep extends pulumi.ComponentResource {
    /** Every public address. */
    public readonly urls: PublicUrls;
    /** Namespace of the pods. */
    public readonly namespace: string;
    /** First user and generated password, secret; undefined when an identity provider signs people in. */
    public readonly firstUser: pulumi.Output<FirstUser> | undefined;

    constructor(name: string, given: KeepConfig, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Keep", name, {}, opts);
        const release: Release = {
            name: given.release,
            namespace: given.namespace.name ?? given.release,
            version: given.version,
            labels: given.labels,
        };
        const config = withSecretEnv(given, release);
        this.urls = publicUrls(config);
        this.namespace = release.namespace;

        const namespace = this.createNamespace(name, release, config);
        const child = { parent: this, dependsOn: namespace };
        const { images, secretStore, serviceAccount } = config;
        const fixedUser = config.platform === "kubernetes";
        const retain = isRetained(config);

        const secrets = new Secrets(`${name}-secrets`, { release, config }, child);
        this.firstUser = secrets.firstUser;
        const access = new Access(`${name}-access`, { release, secretStore, serviceAccount, retain }, child);
        const server = { release, images, secrets: config.secrets, fingerprintKey: secrets.fingerprintKey, fixedUser };
        const database = createDatabase(`${name}-database`, { ...server, config: config.database }, child);
        const redis =
            config.redis.kind === "none"
                ? undefined
                : new Redis(`${name}-redis`, { ...server, config: config.redis }, child);

        const websocket = config.websocket.kind === "soketi" ? websocketEndpoint(release) : undefined;
        const endpoints = { frontend: frontendEndpoint(release), backend: backendEndpoint(release), websocket };
        const needs = serviceNeeds(config.ingress, endpoints);
        const parts = [database.env, access.env, ...(redis === undefined ? [] : [redis.env])];
        const env = keepEnvironment({ config, urls: this.urls, secrets, parts, websocket });
        const foundation = [...namespace, secrets, access, database, ...(redis === undefined ? [] : [redis])];
        const account = { name: access.serviceAccount, usesToken: access.usesToken };
        const setup = new Setup(
            `${name}-setup`,
            { release, config, secrets, database, env, serviceAccount: account, fixedUser, dependsOn: foundation },
            child,
        );

        const fingerprint = joined([
            secrets.runtimeFingerprint,
            database.fingerprint,
            redis?.fingerprint,
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
                setup: setup.inPod,
            },
            child,
        );
        if (redis !== undefined) {
            new Worker(
                `${name}-worker`,
                { ...tier, config: workerConfig(config), env, serviceAccount: account },
                child,
            );
        }

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
                    dependsOn: [...namespace, secrets, ...(redis === undefined ? [] : [redis])],
                },
                child,
            );
        }
        const { auth, frontend, ingress, openai, publicUrl, telemetry } = config;
        new Frontend(
            `${name}-frontend`,
            {
                ...tier,
                config: frontend,
                serviceNeeds: needs.frontend,
                auth,
                openai,
                telemetry,
                backend: endpoints.backend,
                urls: this.urls,
                secrets,
                fingerprint: secrets.runtimeFingerprint,
                // After setup, like the API: where an upgrade's migration fails, both stay as they were.
                dependsOn: [...namespace, secrets, setup],
            },
            child,
        );
        createIngress(`${name}-ingress`, { release, config: ingress, publicUrl, endpoints }, child);

        this.registerOutputs({ urls: this.urls, namespace: this.namespace, firstUser: this.firstUser });
    }

    private createNamespace(name: string, release: Release, config: KeepConfig): pulumi.Resource[] {
        const { create, podSecurity, labels, annotations } = config.namespace;
        if (!create) {
            return [];
        }
        const enforce: Record<string, string> =
            podSecurity === "none" ? {} : { "pod-security.kubernetes.io/enforce": podSecurity };
        return [
            new k8s.core.v1.Namespace(
                name,
                {
                    metadata: {
                        name: release.namespace,
                        labels: { ...labels, ...scopeOf(release, "namespace").labels, ...enforce },
                        annotations,
                    },
                },
                { parent: this, retainOnDelete: isRetained(config) },
            ),
        ];
    }
}

/** The configuration with `keep:secretEnv` among the environment of the tiers. */
function withSecretEnv(config: KeepConfig, release: Release): KeepConfig {
    const tiers = envTiers.map((tier) => {
        const settings = config[tier];
        return [
            tier,
            "env" in settings
                ? { ...settings, env: { ...settings.env, ...secretEnvOf(release, config.secretEnv, tier) } }
                : settings,
        ];
    });
    return { ...config, ...(Object.fromEntries(tiers) as Pick<KeepConfig, EnvTier>) };
}

/** Workers run what the API runs, an image of the user's own included. */
function workerConfig({ worker, backend }: KeepConfig): KeepConfig["worker"] {
    return { ...worker, image: worker.image ?? backend.image };
}

/** Whether the stack's data outlives the stack: then all that it needs does, too. */
function isRetained({ database }: KeepConfig): boolean {
    return "volume" in database && database.volume.retain;
}

/** One fingerprint for several. */
function joined(fingerprints: readonly (pulumi.Input<string> | undefined)[]): pulumi.Output<string> {
    return pulumi
        .all(fingerprints.filter((fingerprint) => fingerprint !== undefined))
        .apply((texts) => texts.join("."));
}
