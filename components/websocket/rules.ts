import type { RedisConfig } from "../redis/settings";
import type { ExistingSecrets } from "../secrets/existing";
import type { WebsocketConfig } from "./settings";
import { maxReplicas } from "../tiers/settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

interface Settings {
    readonly existingSecrets: ExistingSecrets;
    readonly redis: RedisConfig;
    readonly websocket: WebsocketConfig;
}

/** Conditions on live updates: several Soketi pods need Redis, and an external server needs its secret. */
export const websocketRules: readonly Rule<Settings, "pusherSecret">[] = [
    ({ websocket, redis }) => [
        websocket.kind === "soketi" &&
            redis.kind === "none" &&
            (websocket.autoscaling !== undefined || maxReplicas(websocket) > 1) &&
            issue(
                websocket.autoscaling === undefined ? "websocket.replicas" : "websocket.autoscaling",
                "needs Redis: without Redis, several Soketi pods lose events. Set keep:redis.kind to bundled or external, or keep one pod",
                { value: websocket.autoscaling === undefined ? websocket.replicas : undefined },
            ),
    ],
    ({ existingSecrets, websocket }, has) => [
        websocket.kind === "external" &&
            !has("pusherSecret") &&
            existingSecrets.pusherSecret === undefined &&
            issue("pusherSecret", "is missing, but the websocket server is your own. Set its application secret", {
                secretKey: "pusherSecret",
            }),
        websocket.kind !== "external" &&
            has("pusherSecret") &&
            issue(
                "pusherSecret",
                "is set, but the websocket server is not external. Remove it, or set keep:websocket.kind to external",
            ),
        websocket.kind === "none" &&
            existingSecrets.pusherSecret !== undefined &&
            issue("existingSecrets.pusherSecret", "is set, but keep:websocket.kind is none. Remove it"),
    ],
];
