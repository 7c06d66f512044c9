import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

/** A Keep with everything that scales, under prefixes of its own. */
export const scaled: Written = {
    publicUrl: "https://keep.example.com",
    ingress: { kind: "nginx", tls: { defaultCertificate: true }, backendPrefix: "/api2", websocketPrefix: "/live" },
    database: { kind: "postgres" },
    redis: { kind: "bundled" },
};

/** A Keep without all that it can be without. */
export const bare: Written = {
    websocket: { kind: "none" },
    auth: { kind: "noauth", acceptPublic: true },
    secretStore: { kind: "database" },
    telemetry: true,
};

/** Environment of a tier's container; the generated application id and key, checked, as `id` and `key`. */
export async function env(tier: string, written: Written = {}): Promise<Record<string, string>> {
    const { resources } = await deployKeep(written);
    const container =
        tier === "setup in pod" ? podOf(resources, "backend").spec.initContainers?.[0] : mainContainer(resources, tier);
    assert.ok(container !== undefined);
    const entries = Object.entries(envOf(container)).map(([name, value]) => {
        const generated = { ID: /^[1-9][0-9]{5}$/, KEY: /^k[a-zA-Z0-9]{19}$/ };
        const kind = /^(?:PUSHER|SOKETI_DEFAULT)_APP_(ID|KEY)$/.exec(name)?.[1] as "ID" | "KEY" | undefined;
        if (kind !== undefined) {
            assert.match(value, generated[kind]);
        }
        return [name, kind?.toLowerCase() ?? value];
    });
    return Object.fromEntries(entries) as Record<string, string>;
}
