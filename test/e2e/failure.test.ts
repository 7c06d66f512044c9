import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { list } from "../cluster/api/list";
import { z } from "zod";
import { describeWithFakePods } from "./pods";
import { TestProject } from "./project";
import { RunFailed, type TestStack } from "./stack";

const SETTINGS = {
    publicUrl: "http://keep.localhost",
    release: "failing",
    database: { kind: "postgres" },
    websocket: { kind: "none" },
    setup: { retries: 0 },
};

const named = z.object({ metadata: z.object({ name: z.string() }) });

// One stack, told in order.
describeWithFakePods("a deployment that does not come to its end", () => {
    const { client } = testCluster();
    const project = new TestProject();
    let stack: TestStack;

    before(async () => {
        stack = await project.stack("failing", SETTINGS);
    });
    after(async () => {
        await project.close();
    });

    it("names the setup step and what its pod said, and starts nothing on a database that is not ready", async () => {
        // The fake node lets pods of Jobs fail when the tag of their image is "broken".
        await stack.configure({ ...SETTINGS, backend: { image: "example.com/keep:broken" } });

        await assert.rejects(stack.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(error.message, /Job \(keep-setup\):/);
            assert.match(error.message, /'failing-setup' was created but failed to initialize/);
            assert.match(error.message, /Job has reached the specified backoff limit/);
            assert.match(error.message, /\[Pod failing\/failing-setup-\w+\]: \[Error\] the end of its log/);
            return true;
        });

        const deployments = await list(client, "/apis/apps/v1/namespaces/failing/deployments", named);
        assert.deepEqual(
            deployments.map(({ metadata }) => metadata.name),
            ["failing-database"],
        );
    });

    it("has left a volume that is not given up without a word", async () => {
        await stack.configure({ ...SETTINGS, database: { kind: "mysql" }, secretStore: { kind: "database" } });

        await assert.rejects(stack.preview(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(
                error.message,
                /keep:database disconnects Keep from its data in the volume failing\/failing-postgres/,
            );
            assert.match(error.message, /keep:secretStore disconnects Keep from .* in kubernetes\/failing-secrets/);
            return true;
        });
    });

    it("is healed by the next `pulumi up`", async () => {
        await stack.configure(SETTINGS);

        const { changes } = await stack.up();

        assert.deepEqual(changes, [
            "create Deployment keep-backend",
            "create Deployment keep-frontend",
            "replace Job keep-setup",
        ]);
        assert.deepEqual((await stack.preview()).changes, []);
    });

    it("keeps the old version running when an upgrade's setup fails", async () => {
        await stack.configure({ ...SETTINGS, version: "0.54.3", backend: { image: "example.com/keep:broken" } });

        await assert.rejects(stack.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(error.message, /'failing-setup' was created but failed to initialize/);
            assert.deepEqual(
                error.run.changes.filter((change) => change.includes("Deployment")),
                [],
            );
            return true;
        });
    });

    it("goes back to the old version only when told that nothing was migrated", async () => {
        await stack.configure(SETTINGS);
        await assert.rejects(stack.preview(), /keep:version \("0.54.2"\) is older than 0.54.3/);

        await stack.configure({ ...SETTINGS, allow: { downgradeFrom: "0.54.3" } });
        // The failed upgrade had come as far as the labels of what needs no database.
        assert.deepEqual((await stack.up()).changes, [
            "replace Job keep-setup",
            "update ConfigMap keep-setup-provision-apply",
            "update Service keep-backend",
            "update Service keep-frontend",
            "update ServiceAccount keep-access",
            "update ServiceAccount keep-frontend",
        ]);
        await stack.configure(SETTINGS);
        assert.deepEqual((await stack.preview()).changes, []);
    });

    it("resumes after Ctrl-C", async () => {
        // A pod that fits on no node: setup waits until it is interrupted.
        await stack.configure({ ...SETTINGS, backend: { nodeSelector: { nowhere: "true" } } });
        const interrupt = new AbortController();

        await assert.rejects(
            stack.up({
                signal: interrupt.signal,
                onOutput: (text) => {
                    if (text.includes("Waiting for Job")) interrupt.abort();
                },
            }),
            RunFailed,
        );
        assert.ok(interrupt.signal.aborted);

        await stack.configure(SETTINGS);
        await stack.up();
        assert.deepEqual((await stack.refresh()).changes, []);
        assert.deepEqual((await stack.preview()).changes, []);
    });
});
