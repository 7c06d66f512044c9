import type * as pulumi from "@pulumi/pulumi";

import type { AuthEnv } from "../auth/env";
import type { Context } from "../context";
import type { DataServices } from "../dataServices";
import type { Endpoints } from "../ingress/paths";
import { serviceNeeds } from "../ingress/create";
import type { PublicUrls } from "../ingress/urls";
import type { Env } from "../kubernetes/env";
import type { Release } from "../naming";
import { joined } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import type { Access } from "../secretStore/access";
import type { KeepConfig } from "../settings/resolve";
import { Websocket, websocketEndpoint } from "../websocket/websocket";
import { Backend, backendEndpoint, type SetupInitContainer } from "./backend";
import { Consumer } from "./consumer";
import { Frontend, frontendEndpoint } from "./frontend";
import { Worker } from "./worker";

/** The setup step, as far as the tiers depend on it. */
export interface SetupStep extends pulumi.Resource {
    /** Setup in the API's own pod, where the database is a file in it. */
    readonly initContainer: SetupInitContainer | undefined;
}

/** The whole configuration, and what the tiers connect to. */
export interface TiersArgs extends Context<KeepConfig> {
    readonly urls: PublicUrls;
    readonly endpoints: Endpoints;
    readonly auth: AuthEnv;
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    readonly secrets: Secrets;
    readonly access: Access;
    readonly dataServices: DataServices;
    readonly setup: SetupStep;
    /** What every pod needs before it starts: its namespace, its network policies, its secrets. */
    readonly prerequisites: readonly pulumi.Resource[];
}

/** In-cluster addresses of the tiers. */
export function endpointsOf(release: Release, { websocket }: Pick<KeepConfig, "websocket">): Endpoints {
    return {
        frontend: frontendEndpoint(release),
        backend: backendEndpoint(release),
        websocket: websocket.kind === "soketi" ? websocketEndpoint(release) : undefined,
    };
}

/** Creates the tiers of a configuration: Keep's own processes, the user interface and Soketi. */
export function createTiers(name: string, args: TiersArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, urls, endpoints, auth, env, secrets, access, dataServices, setup, prerequisites, ...context } =
        args;
    const { database, redis } = dataServices;
    const needs = serviceNeeds(config.ingress, endpoints);

    const process = {
        ...context,
        env,
        account: access.account,
        fingerprint: joined([
            secrets.runtimeFingerprint,
            ...dataServices.all.map((service) => service.fingerprint),
            setup.initContainer?.fingerprint,
        ]),
        dependsOn: [...prerequisites, access, ...dataServices.all, setup],
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
            setup: setup.initContainer,
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
                ...context,
                config: config.websocket,
                serviceNeeds: needs.websocket,
                pusher: secrets.pusher,
                redisEnv: redis?.websocketEnv ?? {},
                fingerprint: joined([secrets.runtimeFingerprint, redis?.fingerprint]),
                // Needs no database: it starts while setup still runs.
                dependsOn: [...prerequisites, ...(redis === undefined ? [] : [redis])],
            },
            opts,
        );
    }
    new Frontend(
        `${name}-frontend`,
        {
            ...context,
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
            dependsOn: [...prerequisites, setup],
        },
        opts,
    );
}
