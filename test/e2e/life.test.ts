import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { stackSettings } from "../cluster/release";
import { makeNamespace, ofRelease, removeNamespaces, secretNames, secretValues, uids, writeLikeKeep } from "./objects";
import { TestProject } from "./project";
import { RunFailed, type TestStack } from "./stack";

// One life, told in order: each step stands on the one before.
describe("the dev stack under the real engine", () => {
    const { client } = testCluster();
    const project = new TestProject();
    let stack: TestStack;

    before(async () => {
        stack = await project.stack("dev", {
            ...stackSettings("dev"),
            publicUrl: "http://life.localhost",
            release: "life",
        });
        await makeNamespace(client, "life-neighbour");
        await writeLikeKeep(client, "life-neighbour", "keep-x");
    });
    after(async () => {
        await project.close();
        await removeNamespaces(client, "life-neighbour");
    });

    it("comes up", async () => {
        const { changes } = await stack.up();

        assert.ok(changes.includes("create Deployment keep-backend"), changes.join("\n"));
        assert.equal(await stack.output("frontendUrl"), "http://life.localhost");
    });

    it("is unchanged when it is deployed again", async () => {
        assert.deepEqual((await stack.up()).changes, []);
    });

    it("shows no drift", async () => {
        assert.deepEqual((await stack.refresh()).changes, []);
        assert.deepEqual((await stack.preview()).changes, []);
    });

    it("is found to have drifted by the nightly look when somebody has scaled it by hand, and only then", async () => {
        const scale = async (replicas: number) => {
            const path = "/apis/apps/v1/namespaces/life/deployments/life-frontend?fieldManager=somebody";
            const { status } = await client.request(
                "PATCH",
                path,
                { spec: { replicas } },
                "application/merge-patch+json",
            );
            assert.equal(status, 200);
        };
        await stack.lookForDrift();
        await scale(2);

        await assert.rejects(stack.lookForDrift(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.deepEqual(error.run.changes, ["update Deployment keep-frontend"]);
            return true;
        });

        await scale(1);
        await stack.lookForDrift();
    });

    it("shows no secret in its state or in what the engine prints", async () => {
        const secrets = [
            ...Object.values(await secretValues(client, "life", "life.app")),
            ...Object.values(await secretValues(client, "life", "life.setup")),
        ];
        const state = stack.state();

        assert.equal(secrets.length, 4);
        assert.ok(state.includes("life.app"));
        for (const secret of secrets) {
            for (const form of [secret, secret.slice(1), Buffer.from(secret).toString("base64")]) {
                assert.equal(state.includes(form), false, "a secret stands in the state");
                assert.equal(stack.transcript.includes(form), false, "a secret was printed");
            }
        }
    });

    it("tells the first user's password to whoever may read secrets", async () => {
        const { "first-user-password": password } = await secretValues(client, "life", "life.setup");

        assert.deepEqual(await stack.output("firstUser"), {
            username: "keep",
            password,
            secret: "life/life.setup",
            key: "first-user-password",
        });
    });

    it("goes without a trace, with the Secrets that Keep wrote, and leaves a neighbour's", async () => {
        await writeLikeKeep(client, "life-secrets", "keep-slack-1");
        await writeLikeKeep(client, "life-secrets", "keep-api-key");

        await stack.destroy();

        assert.deepEqual(await uids(client, ofRelease("life")), {});
        assert.deepEqual(await secretNames(client, "life-secrets"), []);
        assert.deepEqual(await secretNames(client, "life-neighbour"), ["keep-x"]);
    });
});
