import assert from "node:assert/strict";

import { z } from "zod";

import { until } from "../../cluster/api/wait";
import { testCluster } from "../../cluster/connection";
import { conditions, holds } from "../../cluster/checks/shapes";
import { assertAlertArrives } from "../assertions/alert";
import { Client } from "../support/client";
import { startOperator } from "../support/cloudNativePg";
import { DeployedKeep, EDGE } from "../support/keep";
import { told, underLoad } from "../support/load";
import { smallProd } from "../support/stacks";

const INSTANCES = 2;

/** Alerts a second. */
const RATE = 3;

const CLUSTER = "/apis/postgresql.cnpg.io/v1/namespaces/keep/clusters/keep-database";

const clusterStatus = z.object({
    status: z.object({ conditions, currentPrimary: z.string(), readyInstances: z.number().default(0) }),
});
const secret = z.object({ data: z.object({ password: z.string() }) });

describe("prod with PostgreSQL by CloudNativePG", function () {
    // Each step needs the one before.
    this.bail(true);
    const cluster = testCluster();
    let keep: DeployedKeep;
    let client: Client;

    const statusOf = async () => clusterStatus.parse((await cluster.client.request("GET", CLUSTER)).body).status;

    before(async () => {
        await startOperator(cluster);
        keep = await DeployedKeep.of(
            cluster,
            smallProd({ database: { kind: "cloudnativepg", instances: INSTANCES, volume: { size: "1Gi" } } }),
        );
    });

    after(() => keep.remove());

    it("gets Ready, once the operator has made the database", async () => {
        assert.deepEqual((await keep.deploy()).findings, []);
        assert.equal((await statusOf()).readyInstances, INSTANCES);
    });

    it("connects with the password of the operator's Secret", async () => {
        const { body } = await cluster.client.request("GET", "/api/v1/namespaces/keep/secrets/keep-database-app");
        const password = Buffer.from(secret.parse(body).data.password, "base64").toString();
        const printed = await keep.python('import os; print(os.environ["DATABASE_PASSWORD"])');
        assert.equal(printed.trim(), password);
    });

    it("tells a subscriber of an alert that was posted, stores it and shows it", async () => {
        client = await Client.start(cluster, EDGE);
        await assertAlertArrives(keep, client);
    });

    it("loses no alert but those that are being stored when the primary's pod is deleted", async () => {
        const { currentPrimary } = await statusOf();
        const measured = await underLoad(keep, client, RATE, async () => {
            await cluster.client.request("DELETE", `/api/v1/namespaces/keep/pods/${currentPrimary}`);
            await until("a replica is the primary, and all servers are ready", 300_000, async () => {
                const status = await statusOf();
                const isReady = holds(status.conditions, "Ready") && status.readyInstances === INSTANCES;
                return isReady && status.currentPrimary !== currentPrimary;
            });
        });
        console.log(`      ${told(measured)}`);
        // An alert whose connection breaks while a worker stores it is not retried (keep/api/tasks/process_event_task.py): closing its
        // session fails, and that error takes the place of the retry.
        assert.ok(measured.accepted - measured.stored <= RATE);
    });
});
