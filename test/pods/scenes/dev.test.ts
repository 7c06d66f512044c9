import assert from "node:assert/strict";

import { until } from "../../cluster/api/wait";
import { testCluster } from "../../cluster/connection";
import { stackSettings } from "../../cluster/release";
import { Client } from "../support/client";
import { healthFindings } from "../support/health";
import { DeployedKeep, EDGE } from "../support/keep";

describe("dev, as Pulumi.dev.yaml has it", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    before(async () => {
        keep = await DeployedKeep.of(cluster, stackSettings("dev"));
    });

    after(() => keep.remove());

    it("gets Ready, without a warning, a restart or an end for want of memory", async () => {
        const { seconds, findings } = await keep.deploy();
        assert.deepEqual(findings, []);
        console.log(`      Ready after ${seconds} s`);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        client = await Client.start(cluster, EDGE);
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
    });

    it("is still as healthy afterwards", async () => {
        assert.deepEqual(await healthFindings(cluster.client, "keep"), []);
    });
});
