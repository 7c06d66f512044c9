import assert from "node:assert/strict";

import { z } from "zod";

import { list } from "../../cluster/api/list";
import type { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";

const secret = z.object({ metadata: z.object({ name: z.string() }), data: z.record(z.string(), z.string()) });

/** Asserts that Keep saves a provider's credentials in a Secret of its own namespace, reads them, and removes them, by its own token. */
export async function assertCredentialsAreKept(keep: DeployedKeep, client: Client): Promise<void> {
    const path = "/api/v1/namespaces/keep-secrets/secrets";
    const before = await list(keep.cluster.client, path, secret);
    const url = "https://example.com/masked";
    const installed = await keep.ask(client, "/providers/install", {
        method: "POST",
        body: { provider_id: "webhook", provider_name: "hook", url, method: "POST", pulling_enabled: false },
    });
    assert.equal(installed.status, 200, installed.body);
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(installed.body));

    const secrets = await list(keep.cluster.client, path, secret);
    assert.equal(secrets.length, before.length + 1);
    const made = secrets.find(({ metadata }) => metadata.name.includes(id.replaceAll("_", "-")));
    assert.ok(made, secrets.map(({ metadata }) => metadata.name).join(", "));
    assert.match(Buffer.from(made.data.value ?? "", "base64").toString(), /example\.com\/masked/);

    const shown = await keep.ask(client, "/providers");
    assert.match(shown.body, /example\.com\/masked/);

    const removed = await keep.ask(client, `/providers/webhook/${id}`, { method: "DELETE" });
    assert.equal(removed.status, 200, removed.body);
    assert.equal((await list(keep.cluster.client, path, secret)).length, before.length);
}
