import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { makeNamespace, ofRelease, removeNamespaces, secretNames, uids, writeLikeKeep } from "./objects";
import { TestProject } from "./project";
import { RunFailed } from "./stack";

const settings = (release: string) => ({
    publicUrl: `http://${release}.localhost`,
    release,
    websocket: { kind: "none" },
    secretStore: { kind: "kubernetes", namespace: "vault" },
});

describe("Keep's Secrets in a namespace that it shares", () => {
    const { client } = testCluster();
    const project = new TestProject();
    after(async () => {
        await project.close();
        await removeNamespaces(client, "vault", "vault-neighbour");
    });

    it("go with the stack, and all others stay; a second Keep is kept out", async () => {
        await makeNamespace(client, "vault");
        await makeNamespace(client, "vault-neighbour");
        await writeLikeKeep(client, "vault-neighbour", "keep-x");
        await writeLikeKeep(client, "vault", "somebody-elses");
        await writeLikeKeep(client, "vault", "keep-managed", { labels: { "app.kubernetes.io/managed-by": "Helm" } });
        await writeLikeKeep(client, "vault", "keep-two-keys", { data: { value: "eA==", more: "eA==" } });
        await writeLikeKeep(client, "vault", "keep-typed", { type: "example.com/typed" });
        const others = await secretNames(client, "vault");
        const first = await project.stack("first", settings("first"));
        const second = await project.stack("second", settings("second"));

        await first.up();
        await writeLikeKeep(client, "vault", "keep-slack-1");
        await writeLikeKeep(client, "vault", "keep-api-key");

        await assert.rejects(second.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(error.message, /configmaps "only-one-keep-here" already exists/);
            return true;
        });
        await second.destroy();
        assert.deepEqual(await secretNames(client, "vault"), [...others, "keep-api-key", "keep-slack-1"].sort());

        await first.destroy();
        assert.deepEqual(await secretNames(client, "vault"), others);
        assert.deepEqual(await secretNames(client, "vault-neighbour"), ["keep-x"]);
        assert.deepEqual(await uids(client, ofRelease("first")), {});
        assert.deepEqual(await uids(client, ofRelease("second")), {});
    });
});
