import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { ofRelease, removeNamespaces, secretNames, secretValues, uids, writeLikeKeep } from "./objects";
import { TestProject } from "./project";
import { RunFailed, type TestStack } from "./stack";

const SETTINGS = {
    publicUrl: "http://kept.localhost",
    release: "kept",
    websocket: { kind: "none" },
    database: { kind: "postgres", volume: { retain: true } },
};

// The way that docs/retained-data.md tells, in its order.
describe("a database that is retained", () => {
    const { client } = testCluster();
    const project = new TestProject();
    let stack: TestStack;
    let kept: Readonly<Record<string, string>>;
    let password: string | undefined;

    before(async () => {
        stack = await project.stack("kept", SETTINGS);
        await stack.up();
        await writeLikeKeep(client, "kept-secrets", "keep-slack-1");
        kept = await uids(client, ofRelease("kept"));
        ({ password } = await secretValues(client, "kept", "kept.database"));
    });
    after(async () => {
        await project.close();
        await removeNamespaces(client, "kept", "kept-secrets");
    });

    it("outlives the stack with its namespace, its password and the Secrets that Keep wrote", async () => {
        await stack.destroy();

        const left = await uids(client, ofRelease("kept"));
        assert.deepEqual(Object.keys(left), [
            "namespaces /kept",
            "namespaces /kept-secrets",
            "persistentvolumeclaims kept/kept-postgres",
            "secrets kept/kept.database",
        ]);
        for (const [name, uid] of Object.entries(left)) assert.equal(uid, kept[name], name);
        assert.deepEqual(await secretNames(client, "kept-secrets"), ["keep-slack-1"]);
    });

    it("is not overwritten by a stack that does not know of it", async () => {
        await assert.rejects(stack.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(error.message, /namespaces "kept" already exists/);
            return true;
        });
        assert.equal((await secretValues(client, "kept", "kept.database")).password, password);
    });

    it("is taken back with its password and one setting, which is then removed", async () => {
        await stack.setSecrets({ databasePassword: password ?? "" });
        await stack.configure({ ...SETTINGS, "kubernetes:upsertExistingObjects": "true" });
        await stack.up();
        await stack.configure(SETTINGS);

        assert.deepEqual((await stack.preview()).changes, []);
        const back = await uids(client, ofRelease("kept"));
        for (const name of ["persistentvolumeclaims kept/kept-postgres", "namespaces /kept-secrets"]) {
            assert.equal(back[name], kept[name]);
        }
        assert.equal((await secretValues(client, "kept", "kept.database")).password, password);
        assert.deepEqual(await secretNames(client, "kept-secrets"), ["keep-slack-1"]);
    });
});
