import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { makeNamespace, ofRelease, removeNamespaces, secretNames, uids, writeLikeKeep } from "./objects";
import { TestProject } from "./project";
import { RunFailed } from "./stack";

const settings = (release: string) => ({
    publicUrl: `http://${release}.localhost`,
    release,
    websocket: { kind: "none" },
    secretStore: { kind: "kubernetes", namespace: "vault", acceptShared: true },
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

    it("stay where the stack is told later to keep its data, and are not removed by a change of mind", async () => {
        await makeNamespace(client, "kept-vault");
        const own = {
            ...settings("third"),
            secretStore: { kind: "kubernetes", namespace: "kept-vault", acceptShared: true },
        };
        const stack = await project.stack("third", own);
        await stack.up();
        await writeLikeKeep(client, "kept-vault", "keep-slack-1");

        await stack.configure({ ...own, secretStore: { ...own.secretStore, removal: false } });
        await assert.rejects(stack.up(), /keep:secretStore deletes the credentials .* in kubernetes\/kept-vault/);
        await stack.configure({ ...own, database: { kind: "sqlite", volume: { retain: true } } });
        await stack.up();
        await stack.destroy();

        assert.deepEqual(await secretNames(client, "kept-vault"), ["keep-slack-1"]);
    });
});
