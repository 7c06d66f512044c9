import * as pulumi from "@pulumi/pulumi";

import { type Destinations, type Egress, type Listener, peersFor, PROCESSES } from "../fields/traffic";
import type { Env } from "../kubernetes/env";
import { type Endpoint, Workload } from "../kubernetes/workload";
import { type Release, scopeOf } from "../naming";
import { accountOf } from "../pods/accounts";
import { quotingCommand } from "../redis/clients";
import type { PusherApp } from "../secrets/secrets";
import { bindAddress } from "../tiers/settings";
import { type TierArgs, tierImage, tierWorkload } from "../tiers/tier";
import type { WebsocketConfig } from "./settings";

const PORT = { name: "websocket", number: 6001 };
const HEALTH_PATH = "/ready";

const METRICS_PORT = 9601;

/** Who connects to Soketi: browsers through the edge, Prometheus, and Keep's processes, which publish events. */
export const websocketListeners: Listener[] = [
    { port: PORT.number, from: "edge" },
    { port: METRICS_PORT, from: "monitoring" },
    { port: PORT.number, from: PROCESSES },
];

/** Connections to an external websocket server. */
export function websocketEgress({
    networkPolicy,
    websocket,
}: {
    readonly networkPolicy: { readonly destinations: Destinations };
    readonly websocket: WebsocketConfig;
}): Egress[] {
    if (websocket.kind !== "external") {
        return [];
    }
    const { host, port } = websocket;
    return [{ from: PROCESSES, to: peersFor(networkPolicy.destinations.websocket, [port], host) }];
}

/** Arguments of Soketi: its settings, and the application of its clients. */
export interface WebsocketArgs extends TierArgs<Extract<WebsocketConfig, { kind: "soketi" }>> {
    readonly pusher: PusherApp;
    /** Address of Redis, which carries events between Soketi's pods; empty without Redis. */
    readonly redisEnv: Env;
}

/** In-cluster address of Soketi. */
export function websocketEndpoint(release: Release): Endpoint {
    return {
        service: scopeOf(release, "websocket").name,
        port: PORT.number,
        portName: PORT.name,
        healthPath: HEALTH_PATH,
    };
}

/** Soketi, the websocket server: pushes events of Keep's processes to browsers. */
export class Websocket extends pulumi.ComponentResource {
    constructor(name: string, args: WebsocketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Websocket", name, {}, opts);
        const { config, images, ipv6, pusher, redisEnv, release } = args;
        const address = bindAddress(config, { ipv6 });

        new Workload(
            name,
            tierWorkload(args, {
                component: "websocket",
                image: "websocket",
                command:
                    redisEnv.REDIS_PASSWORD === undefined
                        ? undefined
                        : quotingCommand(tierImage(config, images, "websocket", release)),
                env: {
                    // A path prefix here would also change the paths of the API to which the backend publishes.
                    SOKETI_DEFAULT_APP_ID: pusher.id,
                    SOKETI_DEFAULT_APP_KEY: pusher.key,
                    SOKETI_DEFAULT_APP_SECRET: pusher.secret,
                    SOKETI_METRICS_ENABLED: "1",
                    SOKETI_HOST: address === "0.0.0.0" ? undefined : address,
                    PM2_HOME: "/tmp/.pm2",
                    ...redisEnv,
                },
                port: PORT,
                morePorts: { metrics: METRICS_PORT },
                healthPath: HEALTH_PATH,
                account: accountOf(config),
                // While Soketi closes its connections, it is alive but not ready (soketi's src/http-handler.ts).
                alivePath: "/",
                resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "1", memory: "512Mi" } },
                // The image would run as root. This is "nobody": PM2 looks up its user in /etc/passwd.
                user: 65534,
                scratch: { tmp: { path: "/tmp", size: "64Mi" } },
                gracePeriodSeconds: 30,
            }),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
