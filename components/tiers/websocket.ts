import * as pulumi from "@pulumi/pulumi";

import type { WebsocketConfig } from "./websocketSettings";
import type { Env } from "../kubernetes/env";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import type { PusherApp } from "../secrets/secrets";
import { type TierArgs, tierWorkload } from "./tier";

const PORT = { name: "websocket", number: 6001 };
const HEALTH_PATH = "/ready";

/** Port on which Soketi tells of itself. */
export const WEBSOCKET_METRICS_PORT = 9601;

/** Settings of a Soketi of our own. */
export type SoketiConfig = Extract<WebsocketConfig, { kind: "soketi" }>;

/** What the websocket server is made from. */
export interface WebsocketArgs extends TierArgs<SoketiConfig> {
    readonly pusher: PusherApp;
    /** How it finds Redis, which carries events between its pods; empty without Redis. */
    readonly redisEnv: Env;
}

/** In-cluster address of Soketi: known before it is made. */
export function websocketEndpoint(release: Release): Endpoint {
    return {
        service: scopeOf(release, "websocket").name,
        port: PORT.number,
        portName: PORT.name,
        healthPath: HEALTH_PATH,
    };
}

/** Soketi: takes events from the API and hands them to the browsers that listen. */
export class Websocket extends pulumi.ComponentResource {
    constructor(name: string, args: WebsocketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Websocket", name, {}, opts);
        const { pusher, redisEnv } = args;

        new Workload(
            name,
            tierWorkload(args, {
                component: "websocket",
                image: "websocket",
                env: {
                    // No path prefix here: it would move the API that the backend publishes to as well.
                    SOKETI_DEFAULT_APP_ID: pusher.id,
                    SOKETI_DEFAULT_APP_KEY: pusher.key,
                    SOKETI_DEFAULT_APP_SECRET: pusher.secret,
                    SOKETI_METRICS_ENABLED: "1",
                    PM2_HOME: "/tmp/.pm2",
                    ...redisEnv,
                },
                port: PORT,
                morePorts: { metrics: WEBSOCKET_METRICS_PORT },
                healthPath: HEALTH_PATH,
                // Ready it is no more while it closes its connections, alive it still is (soketi's src/http-handler.ts).
                alivePath: "/",
                resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "1", memory: "512Mi" } },
                // The image would run as root; this is "nobody", whom its PM2 finds among the users.
                user: 65534,
                scratch: { tmp: { path: "/tmp", size: "64Mi" } },
                gracePeriodSeconds: 30,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
