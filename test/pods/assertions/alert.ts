import assert from "node:assert/strict";

import { until } from "../../cluster/api/wait";
import type { Client } from "../support/client";
import type { DeployedKeep } from "../support/keep";

/** Where a client finds Keep. */
export interface Way {
    readonly name: string;
    /** URL of the API. */
    readonly api: string;
    /** URL of the websocket server, up to `/app`. */
    readonly socket: string;
    /** Sent with every request, such as the host that an ingress controller routes by. */
    readonly headers?: Readonly<Record<string, string>>;
}

/** Addresses inside the cluster, without an ingress controller. */
export const BY_SERVICE: Way = {
    name: "services",
    api: "http://keep-backend.keep:8080",
    socket: "ws://keep-websocket.keep:6001",
};

/** Milliseconds until the next alert is posted. */
const REPEAT = 6000;

/** Asserts that an alert which is posted is told to a subscriber of the websocket, stored in the database, and shown. */
export async function assertAlertArrives(keep: DeployedKeep, client: Client, way = BY_SERVICE): Promise<void> {
    const events: string[] = [];
    const socket = await client.listen(
        {
            socket: `${way.socket}/app/${keep.pusherKey}?protocol=7&client=test&version=1`,
            auth: `${way.api}/pusher/auth`,
            channel: "private-keep",
            headers: { ...keep.as("admin"), ...way.headers },
        },
        (event) => events.push(event),
    );
    const failures: unknown[] = [];
    socket.finished.catch((error: unknown) => failures.push(error));
    await until("the channel is open", 60_000, () => {
        if (failures.length > 0) throw failures[0];
        return events.includes("pusher_internal:subscription_succeeded");
    });

    const fingerprint = `disk-full-${way.name}`;
    const name = `disk full, by ${way.name}`;
    const post = async (number: number) => {
        const alert = { id: `${number}`, name, status: "firing", severity: "critical", source: ["test"] };
        const answer = await client.request({
            method: "POST",
            url: `${way.api}/alerts/event`,
            headers: { ...keep.as("webhook"), ...way.headers },
            body: { ...alert, fingerprint: `${fingerprint}-${number}`, lastReceived: new Date().toISOString() },
        });
        assert.equal(answer.status, 202, answer.body);
    };
    let posted = 0;
    const began = Date.now();
    await until("the subscriber hears of it", 60_000, async () => {
        // Subscribers hear of the first alert in 15 s only (keep/api/tasks/notification_cache.py), and one may have come before.
        if (posted * REPEAT <= Date.now() - began) await post((posted += 1));
        return events.includes("poll-alerts");
    });
    socket.close();
    assert.equal((await keep.storedAlerts()).get(`${fingerprint}-1`), 1);
    const shown = await client.request({ url: `${way.api}/alerts`, headers: { ...keep.as("admin"), ...way.headers } });
    assert.ok(shown.body.includes(`"name":"${name}"`), shown.body);
}
