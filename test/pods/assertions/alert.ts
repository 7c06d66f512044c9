import assert from "node:assert/strict";

import { until } from "../../cluster/api/wait";
import type { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";

/** Asserts that an alert which is posted is told to a subscriber of the websocket, stored in the database, and shown. */
export async function assertAlertArrives(keep: DeployedKeep, client: Client): Promise<void> {
    const events: string[] = [];
    const socket = await client.listen(
        {
            socket: `ws://keep-websocket.keep:6001/app/${keep.pusherKey}?protocol=7&client=test&version=1`,
            auth: keep.url("/pusher/auth"),
            channel: "private-keep",
            headers: keep.as("admin"),
        },
        (event) => events.push(event),
    );
    await until("the channel is open", 60_000, () => events.includes("pusher_internal:subscription_succeeded"));

    const alert = { id: "1", name: "disk full", fingerprint: "disk-full", status: "firing", severity: "critical" };
    const lastReceived = new Date().toISOString();
    const answer = await client.request({
        method: "POST",
        url: keep.url("/alerts/event"),
        headers: keep.as("webhook"),
        body: { ...alert, lastReceived, source: ["test"] },
    });
    assert.equal(answer.status, 202, answer.body);

    await until("the subscriber hears of it", 60_000, () => events.includes("poll-alerts"));
    socket.close();
    assert.deepEqual([...(await keep.storedAlerts())], [["disk-full", 1]]);
    const shown = await keep.ask(client, "/alerts");
    assert.match(shown.body, /"name":"disk full"/);
}
