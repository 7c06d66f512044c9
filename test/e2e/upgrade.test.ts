import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { ofRelease, uids } from "./objects";
import { describeWithFakePods } from "./pods";
import { TestProject } from "./project";
import { RunFailed, type TestStack } from "./stack";

const SETTINGS: Settings = {
    publicUrl: "http://keep.localhost",
    release: "guarded",
    version: "0.55.0",
    database: { kind: "postgres", volume: { size: "2Gi" } },
    websocket: { kind: "none" },
};

// One stack: each change is refused on top of the same deployment.
describeWithFakePods("a deployment that would undo the one before", () => {
    const { client } = testCluster();
    const project = new TestProject();
    let stack: TestStack;

    before(async () => {
        stack = await project.stack("guarded", SETTINGS);
        await stack.up();
    });
    after(async () => {
        await project.close();
    });

    const refused: Readonly<Record<string, readonly [Settings, RegExp]>> = {
        "a smaller version": [{ version: "0.54.2" }, /keep:version \("0\.54\.2"\) is older than 0\.55\.0/],
        "another kind of database": [
            { database: { kind: "mysql" } },
            /keep:database disconnects Keep from its data in the volume guarded\/guarded-postgres/,
        ],
        "a smaller disk": [
            { database: { kind: "postgres", volume: { size: "1Gi" } } },
            /keep:database\.volume\.size \("1Gi"\) is smaller than the 2Gi/,
        ],
    };
    for (const [what, [change, message]] of Object.entries(refused)) {
        it(`is refused with ${what}, by preview as by up, and nothing is touched`, async () => {
            const before = await uids(client, ofRelease("guarded"));
            await stack.configure({ ...SETTINGS, ...change });

            for (const run of [() => stack.preview(), () => stack.up()]) {
                await assert.rejects(run(), (error) => {
                    assert.ok(error instanceof RunFailed);
                    assert.match(error.message, message);
                    assert.match(error.message, /1 problem in Pulumi\.guarded\.yaml; nothing was changed/);
                    assert.doesNotMatch(error.message, /\n\s+at /);
                    assert.deepEqual(error.run.changes, []);
                    return true;
                });
            }
            assert.deepEqual(await uids(client, ofRelease("guarded")), before);
        });
    }

    it("is taken when the stack says that it is meant, and leaves nothing to be done", async () => {
        const meant = { ...SETTINGS, version: "0.54.2", allow: { downgradeFrom: "0.55.0" } };
        await stack.configure(meant);
        await stack.up();

        assert.deepEqual((await stack.preview()).changes, []);
        assert.deepEqual((await stack.refresh()).changes, []);
    });
});
