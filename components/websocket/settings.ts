import * as z from "zod";

import { host } from "../fields/host";
import { input } from "../fields/input";
import { count } from "../fields/vocabulary";
import { accountFields } from "../pods/settings";
import { tierFields } from "../tiers/settings";

/** The websocket server: Soketi in the cluster, an external server, or none. */
export const websocket = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("soketi").describe("Soketi in the cluster"), ...tierFields, ...accountFields }),
    z.strictObject({
        kind: z.literal("external").describe("an external Pusher-compatible server; its secret is keep:pusherSecret"),
        host: input(host()).describe("host that browsers and the backend can reach"),
        port: count(1, 65535).default(443).describe("port; 443 uses TLS"),
        appId: input(
            z.string().regex(/^[0-9]+$/, { error: "is not a number. Keep's client takes digits only" }),
        ).describe("application id, digits"),
        appKey: input(
            z.string().regex(/^\S+$/, { error: "is empty or has blanks. Give the key of the application" }),
        ).describe("application key, shown to browsers"),
    }),
    z.strictObject({ kind: z.literal("none").describe("no live updates: the user interface polls instead") }),
]);

/** Settings of the websocket server, validated and with defaults. */
export type WebsocketConfig = z.infer<typeof websocket>;
