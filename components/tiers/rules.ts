import { issue } from "../fields/issue";
import { amountOf } from "../fields/quantity";
import { repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { targetUse } from "../kubernetes/autoscaler";
import { type IngressConfig, pathsOf } from "../ingress/settings";
import type { WebsocketConfig } from "../websocket/settings";
import type { BackendConfig } from "./backend";
import type { FrontendConfig } from "./frontend";

/** Keys that only the API uses. */
const NEED_API = [
    "adopt",
    "apiKeys",
    "backup",
    "consumer",
    "database",
    "databasePassword",
    "databaseUrl",
    "elasticsearch",
    "firstUserPassword",
    "monitoring",
    "providers",
    "provision",
    "redis",
    "retention",
    "secretStore",
    "setup",
    "verify",
] as const;

interface Settings {
    readonly backend: BackendConfig;
    readonly frontend: FrontendConfig;
    readonly ingress: IngressConfig;
    readonly websocket: WebsocketConfig;
}

/** Tiers that can have an autoscaler. */
const SCALED = ["backend", "frontend", "websocket", "worker"] as const;

/** What an autoscaler reads of a tier. */
interface ScaledTier {
    /** Of the websocket server, which can be outside the cluster. */
    readonly kind?: string;
    readonly autoscaling?: { readonly cpu?: number; readonly memory?: number } | undefined;
    readonly resources?: Partial<Record<"limits" | "requests", Readonly<Record<string, unknown>>>> | undefined;
}

/** Conditions on autoscalers: their targets are percentages of requests, which default to the limits. */
export const autoscalingRules: readonly Rule<Readonly<Record<(typeof SCALED)[number], ScaledTier>>>[] = SCALED.map(
    (tier) =>
        ({ [tier]: { autoscaling, resources } }) =>
            autoscaling === undefined || resources === undefined
                ? []
                : targetUse(autoscaling).flatMap(([resource, target]) => {
                      const limit = resources.limits?.[resource];
                      const request = resources.requests?.[resource] ?? limit;
                      const most = limit === undefined ? Infinity : (100 * amount(limit)) / amount(request);
                      return [
                          request === undefined &&
                              issue(
                                  `${tier}.resources.requests.${resource}`,
                                  `is missing, but the autoscaler of this tier compares the use of ${resource} with it. Set it, or set keep:${tier}.replicas instead of keep:${tier}.autoscaling`,
                              ),
                          target > most &&
                              issue(
                                  `${tier}.autoscaling.${resource}`,
                                  `is never reached, because keep:${tier}.resources.limits.${resource} is ${Math.round(most)} % of the request. Reduce it, or increase the limit`,
                                  { value: target },
                              ),
                      ];
                  }),
);

function amount(quantity: unknown): number {
    return amountOf(String(quantity));
}

/** Conditions on tiers that run elsewhere: their URL is set, and no other setting needs them. */
export const tierRules: readonly Rule<Settings, (typeof NEED_API)[number]>[] = [
    ({ backend, frontend }) => [
        !backend.enabled &&
            !frontend.enabled &&
            issue(
                "frontend.enabled",
                "leaves nothing to run, because keep:backend.enabled is false too. Enable one of them",
                {
                    value: false,
                },
            ),
        !backend.enabled &&
            backend.url === undefined &&
            issue("backend.url", "is missing, but the API runs elsewhere. Set it to a URL that the frontend can reach"),
        ...Object.entries({ backend, frontend }).map(
            ([tier, { enabled, url }]) =>
                enabled &&
                url !== undefined &&
                issue(
                    `${tier}.url`,
                    `is set, but the stack runs keep:${tier}. Remove it, or set keep:${tier}.enabled to false`,
                    {
                        value: url,
                    },
                ),
        ),
    ],
    ({ backend }, has) =>
        NEED_API.map(
            (key) =>
                !backend.enabled &&
                has(key) &&
                issue(
                    key,
                    "needs the API, but keep:backend.enabled is false. Remove it, and set it where the API runs",
                ),
        ),
    ({ backend, websocket }) => [
        !backend.enabled &&
            websocket.kind === "soketi" &&
            issue(
                "websocket.kind",
                "needs the API, which publishes events to it, but keep:backend.enabled is false. Set it to external, with the server that the API uses, or to none",
                { value: websocket.kind },
            ),
    ],
    ({ backend, frontend, websocket }) => {
        const ports = Object.entries({ backend, frontend, websocket }).flatMap(([tier, settings]) =>
            "service" in settings && settings.service.nodePort !== undefined
                ? [{ tier, port: settings.service.nodePort }]
                : [],
        );
        return repeated(ports, ({ port }) => port).map(([{ tier, port }, first]) =>
            issue(
                `${tier}.service.nodePort`,
                `is also the port of keep:${first.tier}. Use another port, or remove it to let the cluster choose one`,
                { value: port },
            ),
        );
    },
    ({ frontend, ingress }) => [
        !frontend.enabled &&
            ingress.kind !== "none" &&
            !pathsOf(ingress).rewritesPaths &&
            !("tierHosts" in ingress && ingress.tierHosts.backend !== undefined) &&
            issue(
                "frontend.enabled",
                `leaves no path to the API: with keep:ingress.kind ${ingress.kind} requests reach it through the frontend. Set keep:ingress.kind to one that rewrites paths, such as traefik, or give the API a host with keep:ingress.tierHosts.backend`,
                { value: false },
            ),
    ],
];
