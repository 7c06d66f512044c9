import assert from "node:assert/strict";

import { besideProxy, complete, report } from "./memoryCluster";

describe("the preflight with pods of its own", () => {
    const external = {
        ...besideProxy,
        // This machine, where nothing listens on the port.
        database: { kind: "external", engine: "postgres", host: "127.0.0.1", port: 1 },
        databasePassword: "of-the-database",
        backup: { kind: "volume" },
    };
    const fromRegistry = (reason: string, message = "") => ({
        containerStatuses: [
            { image: "keep-api", state: { terminated: { exitCode: 1 } } },
            { image: "keep-ui", state: { waiting: { reason, message } } },
        ],
    });
    const reported = (found: object) => ({
        containerStatuses: [
            {
                image: "keep-api",
                state: { terminated: { exitCode: 0, message: JSON.stringify({ migrates: true, ...found }) } },
            },
        ],
    });
    const good = reported({ version: "17.6 (Debian)", limit: 500, others: 20 });

    async function run(images: object, login: object, timeout = 60) {
        const cluster = complete();
        cluster.statuses["keep-preflight-images"] = images;
        cluster.statuses["keep-preflight-login"] = login;
        return { ...(await report(cluster, external, { timeout, interval: 0 })), cluster };
    }

    it("passes where images are pulled, whether or not their containers start, and the server has room", async () => {
        const { failures, text } = await run(fromRegistry("CreateContainerConfigError"), good);
        assert.equal(failures, 0, text);
        assert.match(text, /✓ images +a node has all \d+ images/);
        assert.match(
            text,
            /✓ login +version 17\.6 \(Debian\), 480 free connections for the \d+ that the stack may open/,
        );
    });

    const faults: Readonly<Record<string, readonly [images: object, login: object, RegExp]>> = {
        "an image that is not there": [
            fromRegistry("ImagePullBackOff", "manifest unknown"),
            good,
            /✗ images +keep-ui cannot be pulled: manifest unknown/,
        ],
        "an image that never comes": [
            fromRegistry("ContainerCreating"),
            good,
            /✗ images +keep-ui is not pulled after 0 s/,
        ],
        "no node for a pod": [
            { conditions: [{ type: "PodScheduled", status: "False", message: "0/2 nodes: taint" }] },
            good,
            /✗ images +no node can run the pod: 0\/2 nodes: taint/,
        ],
        "a wrong password": [
            fromRegistry("CreateContainerConfigError"),
            reported({ error: 'password authentication failed for user "keep"' }),
            /✗ login +the cluster cannot log in: password authentication failed/,
        ],
        "a server that is too old": [
            fromRegistry("CreateContainerConfigError"),
            reported({ version: "11.22", limit: 500, others: 0 }),
            /✗ login +the server has version 11\.22, and Keep needs 12 or later/,
        ],
        "a server that is newer than the client of its dumps": [
            fromRegistry("CreateContainerConfigError"),
            reported({ version: "99.1 (Debian)", limit: 500, others: 0 }),
            /✗ login +the server has version 99\.1 \(Debian\), which pg_dump \d+ does not dump\. Set keep:images\.postgres to postgres:99/,
        ],
        "a user without the right to create tables": [
            fromRegistry("CreateContainerConfigError"),
            reported({ version: "17.6", limit: 500, others: 0, migrates: false }),
            /✗ login +the user may not create and change tables in its schema/,
        ],
        "too few free connections": [
            fromRegistry("CreateContainerConfigError"),
            reported({ version: "17.6", limit: 100, others: 95 }),
            /✗ login +of 100 connections, other clients use 95, and the stack opens up to \d+/,
        ],
        "a pod that says nothing": [
            fromRegistry("CreateContainerConfigError"),
            { containerStatuses: [{ image: "keep-api", state: { waiting: { message: "no such secret" } } }] },
            /✗ login +the pod that logs in has no result after 0 s: no such secret/,
        ],
    };
    for (const [fault, [images, login, named]] of Object.entries(faults)) {
        it(`finds and names: ${fault}`, async () => {
            const { failures, text } = await run(images, login, 0);
            assert.equal(failures, 1, text);
            assert.match(text, named);
        });
    }

    it("deletes its pods, and gives its copies of Secrets to the pod, which takes them along", async () => {
        const { cluster, text } = await run(fromRegistry("CreateContainerConfigError"), good);
        const pods = cluster.created.filter(({ kind }) => kind === "Pod");
        assert.deepEqual(
            cluster.deleted.toSorted(),
            pods.map(({ metadata }) => `Pod ${metadata?.name ?? ""}`).toSorted(),
        );
        const copies = cluster.created.filter(({ kind }) => kind !== "Pod");
        assert.ok(copies.length > 0);
        for (const { metadata } of copies) {
            assert.match(
                JSON.stringify(metadata),
                /"ownerReferences":\[\{"apiVersion":"v1","kind":"Pod",.*"uid":"1"\}\]/,
            );
        }
        assert.match(JSON.stringify(copies), /of-the-database/);
        assert.doesNotMatch(JSON.stringify(pods) + text, /of-the-database/);
    });
});
