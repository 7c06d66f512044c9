import type { RedisConfig } from "../redis/settings";
import type { ExistingSecrets } from "../secrets/existing";
import type { WebsocketConfig } from "./settings";
import { isOnlyInCluster } from "../fields/host";
import { maxReplicas } from "../tiers/settings";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

interface Settings {
    readonly existingSecrets: ExistingSecrets;
    readonly publicUrl: string;
    readonly redis: RedisConfig;
    readonly websocket: WebsocketConfig;
}

/** Hosts of Pusher and Ably, whose addresses for browsers and for the backend differ. */
const HOSTED = /(^|\.)(pusher\.com|pusherapp\.com|ably\.io|ably\.net)$/i;

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
    ({ publicUrl, websocket }) =>
        websocket.kind === "external"
            ? [
                  HOSTED.test(websocket.host) &&
                      issue(
                          "websocket.host",
                          "belongs to a service with one host for browsers and another for the backend, and Keep uses the same for both. Use a server such as Soketi on a host of your own",
                          { value: websocket.host },
                      ),
                  isOnlyInCluster(websocket.host, websocket.port, publicUrl) &&
                      issue(
                          "websocket.host",
                          "is a name that only the cluster knows, and browsers connect to it too. Set it to a host that both reach",
                          { value: websocket.host },
                      ),
                  // keep-ui/utils/hooks/usePusher.ts sets forceTLS on a page with https, and no other port for it.
                  publicUrl.startsWith("https:") &&
                      websocket.port !== 443 &&
                      issue(
                          "websocket.port",
                          "is not used by browsers: on a page with https, they connect to 443, so live updates would fail. Use 443",
                          { value: websocket.port },
                      ),
              ]
            : [],
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
