import assert from "node:assert/strict";

import { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";

/** Asserts who may reach whom: the edge reaches what it serves and no store, and a stranger reaches nothing. */
export async function assertPoliciesHold(keep: DeployedKeep, edge: Client): Promise<void> {
    const stranger = await Client.start(keep.cluster, "stranger");
    const open = async (client: Client, address: string) => {
        const { status, body } = await client.request({ url: `http://${address}`, seconds: 3 });
        // A server that speaks something else than HTTP has been reached, too.
        return status !== 0 || !/^(Timeout|ClientConnector)/.test(body);
    };
    const servers = [
        "keep-backend:8080",
        "keep-frontend:3000",
        "keep-websocket:6001",
        "keep-redis:6379",
        "keep-database:5432",
    ];
    const reached = async (client: Client) => {
        const answers = await Promise.all(servers.map((server) => open(client, server.replace(":", ".keep:"))));
        return servers.filter((_, index) => answers[index]);
    };
    assert.deepEqual(await reached(edge), servers.slice(0, 3));
    assert.deepEqual(await reached(stranger), []);
}
