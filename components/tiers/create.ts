import type * as pulumi from "@pulumi/pulumi";

import type { AuthEnv } from "../auth/env";
import type { KeepConfig } from "../settings/resolve";
import type { Endpoints } from "../ingress/paths";
import { serviceNeeds } from "../ingress/services";
import type { PublicUrls } from "../ingress/urls";
import type { Env } from "../kubernetes/env";
import type { Release } from "../naming";
import { joined } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import type { Access } from "../secretStore/access";
import type { Stores } from "../stores";
import { Backend, backendEndpoint, type SetupStep } from "./backend";
import { Consumer } from "./consumer";
import { Frontend, frontendEndpoint } from "./frontend";
import { Websocket, websocketEndpoint } from "./websocket";
import { Worker } from "./worker";

/** What the tiers are made from. */
export interface TiersArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    /** Fixed user ids are left out on OpenShift. */
    readonly fixedUser: boolean;
    readonly urls: PublicUrls;
    readonly endpoints: Endpoints;
    readonly auth: AuthEnv;
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    readonly secrets: Secrets;
    readonly access: Access;
    readonly stores: Stores;
    readonly setup: SetupStep;
    /** What every pod needs before it starts: its namespace, its way through the network, its secrets. */
    readonly ground: readonly pulumi.Resource[];
}

/** In-cluster addresses of the tiers: known before any of them is made. */
export function endpointsOf(release: Release, { websocket }: Pick<KeepConfig, "websocket">): Endpoints {
    return {
        frontend: frontendEndpoint(release),
        backend: backendEndpoint(release),
        websocket: websocket.kind === "soketi" ? websocketEndpoint(release) : undefined,
    };
}

/** Makes the tiers that the configuration asks for: Keep's own processes, and what browsers talk to beside them. */
export function createTiers(name: string, args: TiersArgs, opts: pulumi.ComponentResourceOptions): void {
    const { release, config, fixedUser, urls, endpoints, auth, env, secrets, access, stores, setup, ground } = args;
    const { database, redis } = stores;
    const needs = serviceNeeds(config.ingress, endpoints);
    const tier = { release, images: config.images, fixedUser };

    const process = {
        ...tier,
        env,
        account: access.account,
        fingerprint: joined([
            secrets.runtimeFingerprint,
            ...stores.all.map((store) => store.fingerprint),
            setup.inPod?.fingerprint,
        ]),
        dependsOn: [...ground, access, ...stores.all, setup],
    };
    new Backend(
        `${name}-backend`,
        {
            ...process,
            config: config.backend,
            serviceNeeds: needs.backend,
            database,
            hasWorkers: redis !== undefined,
            hasConsumer: config.consumer.enabled,
            setup: setup.inPod,
        },
        opts,
    );
    if (redis !== undefined) {
        const hasMetrics = config.monitoring.enabled;
        new Worker(
            `${name}-worker`,
            { ...process, config: config.worker, queue: redis.place, extraCa: config.extraCa, hasMetrics },
            opts,
        );
    }
    if (config.consumer.enabled) {
        new Consumer(`${name}-consumer`, { ...process, config: config.consumer }, opts);
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
                dependsOn: [...ground, ...(redis === undefined ? [] : [redis])],
            },
            opts,
        );
    }
    new Frontend(
        `${name}-frontend`,
        {
            ...tier,
            config: config.frontend,
            serviceNeeds: needs.frontend,
            auth: auth.frontend,
            openai: config.openai,
            telemetry: config.telemetry,
            backend: endpoints.backend,
            urls,
            secrets,
            fingerprint: secrets.runtimeFingerprint,
            // After setup, like the API: where an upgrade's migration fails, both stay as they were.
            dependsOn: [...ground, setup],
        },
        opts,
    );
}
