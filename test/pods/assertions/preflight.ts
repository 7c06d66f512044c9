import { releaseOf } from "../../../components/naming";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { z } from "zod";

import { preflight } from "../../../tools/verify/preflight";
import { connect } from "../../../tools/verify/preflight/apiServer";
import { readAs } from "../../cluster/api/apply";
import { recordRelease, type Settings } from "../../cluster/release";
import { configOf } from "../../support/config";
import type { DeployedKeep } from "../support/keep";

/** Copy of the database's Secret for the other stack; a stack may not use a Secret of its own name for its own. */
const COPY = { apiVersion: "v1", kind: "Secret", metadata: { name: "copied-database", namespace: "keep" } };

/** A stack that would use the database of the running one. */
const SECOND = {
    publicUrl: "http://keep.example.com",
    namespace: { name: "keep", create: false },
    database: {
        kind: "external",
        engine: "postgres",
        host: "keep-database",
        passwordSecret: { name: COPY.metadata.name, key: "password" },
    },
};

/** Asserts what the pods of `npm run verify -- --preflight --pods` find: every image, the server's version and its free connections. */
export async function assertPreflightPasses({ cluster }: DeployedKeep): Promise<void> {
    const original = { ...COPY, metadata: { ...COPY.metadata, name: "keep.database" } };
    const secret = await readAs(cluster.client, original, z.object({ data: z.record(z.string(), z.string()) }));
    await cluster.client.apply({ ...COPY, ...secret });
    const text = await report(SECOND);
    assert.match(text, /✓ images +a node has all \d+ images/);
    assert.match(text, /✓ login +version 17\.\S.*, \d+ free connections for the \d+ that the stack may open/);

    const wrong = await report({
        ...SECOND,
        database: { ...SECOND.database, name: "nowhere" },
        images: { websocket: "nowhere.example.com/soketi:1.6.1" },
    });
    assert.match(wrong, /✗ login +the cluster cannot log in: .*database "nowhere" does not exist/s);
    assert.match(wrong, /✗ images +nowhere\.example\.com\/soketi:1\.6\.1 cannot be pulled/);

    async function report(settings: Settings): Promise<string> {
        const config = await configOf(settings);
        const { resources } = await recordRelease(settings);
        const kubernetes = new Map([["kubernetes:kubeconfig", readFileSync(cluster.kubeconfig, "utf8")]]);
        const subject = { release: releaseOf(config), config, kubernetes };
        const { lines } = await preflight(connect(kubernetes), subject, resources, { timeout: 120, interval: 1 });
        return lines.join("\n");
    }
}
