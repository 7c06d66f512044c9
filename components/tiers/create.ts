import type * as pulumi from "@pulumi/pulumi";

import type { Api } from "../api";
import type { AuthEnv } from "../auth/env";
import type { Context } from "../context";
import type { Endpoints } from "../ingress/paths";
import { serviceNeeds } from "../ingress/create";
import type { ServiceNeeds } from "../ingress/kind";
import { ingressesOf } from "../ingress/settings";
import type { PublicUrls } from "../ingress/urls";
import type { Endpoint } from "../kubernetes/workload";
import type { Release } from "../naming";
import { joined } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import type { KeepConfig } from "../settings/resolve";
import { Websocket, websocketEndpoint } from "../websocket/websocket";
import { Backend, backendEndpoint } from "./backend";
import { Consumer } from "./consumer";
import { Frontend, frontendEndpoint } from "./frontend";
import { watcherPlace } from "./watcher";
import { Worker } from "./worker";

/** Arguments of createTiers. */
export interface TiersArgs extends Context<KeepConfig> {
    readonly urls: PublicUrls;
    readonly endpoints: Endpoints;
    readonly auth: AuthEnv;
    readonly secrets: Secrets;
    /** Undefined if the API runs elsewhere. */
    readonly api: Api | undefined;
    /** Resources that all pods need: namespace, network policies, secrets. */
    readonly prerequisites: readonly pulumi.Resource[];
}

/** In-cluster addresses of the tiers. */
export function endpointsOf(
    release: Release,
    { backend, frontend, websocket }: Pick<KeepConfig, "backend" | "frontend" | "websocket">,
): Endpoints {
    return {
        frontend: frontend.enabled ? frontendEndpoint(release) : undefined,
        backend: backend.enabled ? backendEndpoint(release) : undefined,
        websocket: websocket.kind === "soketi" ? websocketEndpoint(release) : undefined,
    };
}

function urlOf({ service, port }: Endpoint): string {
    return `http://${service}:${port}`;
}

/** Creates the tiers, and returns them: Keep's processes, the user interface and Soketi. */
export function createTiers(name: string, args: TiersArgs, opts: pulumi.ComponentResourceOptions): pulumi.Resource[] {
    const { config, urls, endpoints, auth, secrets, api, prerequisites, ...context } = args;
    const { backend } = endpoints;
    const needs = serviceNeeds(ingressesOf(config), endpoints);
    const redis = api?.dataServices.redis;
    const tiers: pulumi.Resource[] =
        api === undefined ? [] : createProcesses(name, { ...args, api, serviceNeeds: needs.backend }, opts);

    if (config.websocket.kind === "soketi" && secrets.pusher !== undefined) {
        const server = new Websocket(
            `${name}-websocket`,
            {
                ...context,
                config: config.websocket,
                serviceNeeds: needs.websocket,
                pusher: secrets.pusher,
                redisEnv: redis?.websocketEnv ?? {},
                fingerprint: joined([secrets.runtimeFingerprint, redis?.fingerprint]),
                // Needs no database, so it starts while setup runs.
                dependsOn: [...prerequisites, ...(redis === undefined ? [] : [redis])],
            },
            opts,
        );
        tiers.push(server);
    }
    if (!config.frontend.enabled) {
        return tiers;
    }
    const frontend = new Frontend(
        `${name}-frontend`,
        {
            ...context,
            config: config.frontend,
            serviceNeeds: needs.frontend,
            auth: auth.frontend,
            openai: config.openai,
            telemetry: config.telemetry,
            apiUrl: backend === undefined ? urls.backend : urlOf(backend),
            urls,
            secrets,
            fingerprint: secrets.runtimeFingerprint,
            // After setup, like the API, so that both keep their old version if a migration fails.
            dependsOn: [...prerequisites, ...(api === undefined ? [] : [api.setup])],
        },
        opts,
    );
    return [...tiers, frontend];
}

/** Creates the tiers that run Keep's Python program. */
function createProcesses(
    name: string,
    args: TiersArgs & { readonly api: Api; readonly serviceNeeds: ServiceNeeds | undefined },
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
    const { config, secrets, api, prerequisites, serviceNeeds: needs, ...context } = args;
    const { access, dataServices, env, setup } = api;
    const { database, redis } = dataServices;
    const watcher = watcherPlace(config);
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
    const tiers: pulumi.Resource[] = [];
    const backend = new Backend(
        `${name}-backend`,
        {
            ...process,
            config: config.backend,
            serviceNeeds: needs,
            database,
            hasWorkers: redis !== undefined,
            hasConsumer: config.consumer.enabled,
            watcher,
            setup: setup.initContainer,
        },
        opts,
    );
    tiers.push(backend);
    if (redis !== undefined) {
        const hasMetrics = config.monitoring.enabled;
        const worker = new Worker(
            `${name}-worker`,
            { ...process, config: config.worker, queue: redis.place, extraCa: config.extraCa, hasMetrics },
            opts,
        );
        tiers.push(worker);
    }
    if (config.consumer.enabled) {
        const consumer = new Consumer(
            `${name}-consumer`,
            {
                ...process,
                config: config.consumer,
                runsWatcher: watcher === "consumer",
                apiUrl: urlOf(backendEndpoint(context.release)),
                // Kafka does not offer a message again that arrives before the API is ready.
                dependsOn: [...process.dependsOn, backend],
            },
            opts,
        );
        tiers.push(consumer);
    }
    return tiers;
}
