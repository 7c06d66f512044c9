import { mostReplicas } from "../tiers/settings";
import { type Rule, rule } from "../settings/rule";

/** Conditions on live updates: several servers need Redis, and a server of the user's own needs its secret. */
export const websocketRules: readonly Rule[] = [
    rule(["websocket", "redis"], ({ websocket, redis }) => [
        websocket.kind === "soketi" &&
            redis.kind === "none" &&
            (websocket.autoscaling !== undefined || mostReplicas(websocket) > 1) && {
                key: websocket.autoscaling === undefined ? "keep:websocket.replicas" : "keep:websocket.autoscaling",
                value: websocket.autoscaling === undefined ? websocket.replicas : undefined,
                message:
                    "asks for more than one Soketi, which without Redis would lose events. Set keep:redis.kind to bundled or external, or keep one pod",
            },
    ]),
    rule(["websocket"], ({ websocket }, has) => [
        websocket.kind === "external" &&
            !has("pusherSecret") && {
                key: "keep:pusherSecret",
                message:
                    "is missing, but the websocket server is your own. Set its application secret with pulumi config set --secret keep:pusherSecret",
            },
        websocket.kind !== "external" &&
            has("pusherSecret") && {
                key: "keep:pusherSecret",
                message:
                    "is set, but the websocket server is not external. Remove it, or set keep:websocket.kind to external",
            },
    ]),
];
