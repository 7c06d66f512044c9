import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { type IngressConfig, pathsOf } from "../ingress/settings";
import type { WebsocketConfig } from "../websocket/settings";
import type { BackendConfig } from "./backend";
import type { FrontendConfig } from "./frontend";

/** Keys of what the API alone uses. */
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

/** Conditions on tiers that run elsewhere: that their address is known, and that nothing here needs them. */
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
            issue(
                "backend.url",
                "is missing, but the API runs elsewhere. Set it to an address that the frontend can reach",
            ),
        ...Object.entries({ backend, frontend }).map(
            ([tier, { enabled, url }]) =>
                enabled &&
                url !== undefined &&
                issue(
                    `${tier}.url`,
                    `is given, but keep:${tier} runs here. Remove it, or set keep:${tier}.enabled to false`,
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
        return ports.map(({ tier, port }, index) => {
            const other = ports.slice(0, index).find((earlier) => earlier.port === port);
            return (
                other !== undefined &&
                issue(
                    `${tier}.service.nodePort`,
                    `is that of keep:${other.tier} as well. Choose another, or leave it to the cluster`,
                    { value: port },
                )
            );
        });
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
