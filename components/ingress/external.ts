import * as z from "zod";

import { fixedPrefixes, prefixes } from "./fields";
import { type Endpoints, pathRules } from "./paths";
import type { Release } from "../naming";

/** A router, tunnel or load balancer that the user configures to route requests to the Services. */
export const external = {
    schema: z.strictObject({
        kind: z.literal("external").describe("a router or tunnel that you run in front of the Services"),
        rewritesPaths: z
            .boolean()
            .default(false)
            .describe(
                "whether it strips the prefixes /v2 (API) and /websocket; else the user interface proxies the API",
            ),
    }),
    documentation: {
        objects: "none",
        recipe: { rewritesPaths: true },
        notes: `Use this kind for a Cloudflare Tunnel, a reverse proxy outside the cluster, or a controller that has no kind here. \`pulumi up\` prints the
paths that you must route, each with its Service and port. Your router must terminate TLS for \`keep:publicUrl\`.

Set \`rewritesPaths: true\` if your router can strip prefixes. Without it, the API is below \`/backend\` and live updates are below \`/app\`,
and your router must not change paths.`,
    },
};

type ExternalConfig = z.infer<typeof external.schema>;

/** The prefixes of API and live updates. */
export function externalPrefixes({ rewritesPaths }: ExternalConfig) {
    const { backendPrefix, websocketPrefix } = rewritesPaths ? prefixes : fixedPrefixes;
    return {
        frontendPrefix: "/",
        backendPrefix: backendPrefix.parse(undefined),
        websocketPrefix: websocketPrefix.parse(undefined),
    };
}

/** A note about the routes that the user must configure. */
export function routesToConfigure(
    config: ExternalConfig,
    publicUrl: string,
    release: Release,
    endpoints: Endpoints,
): string {
    const rules = pathRules({ ...externalPrefixes(config), tierHosts: {} }, endpoints, {
        hosts: [new URL(publicUrl).host],
        strip: config.rewritesPaths,
    });
    const lines = rules.map(
        ({ prefix, endpoint, strip, blocked }) =>
            `  ${prefix} → ${endpoint.service}:${endpoint.port}${strip ? ", without the prefix" : ""}${blocked ? ", to hide metrics" : ""}`,
    );
    return [
        `Route ${publicUrl} to these Services in namespace ${release.namespace}, the longest path first:`,
        ...lines,
    ].join("\n");
}
