import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { stackSettings } from "../cluster/release";
import { ofRelease, uids } from "./objects";
import { TestProject } from "./project";
import { RunFailed } from "./stack";

describe("a preview by the real engine", () => {
    const project = new TestProject();
    after(async () => {
        await project.close();
    });

    for (const name of ["dev", "prod"]) {
        it(`of ${name} needs no cluster`, async () => {
            const stack = await project.stack(name, stackSettings(name), "/dev/null");

            const { changes } = await stack.preview();

            assert.ok(changes.includes("create Deployment keep-backend"), changes.join("\n"));
            assert.deepEqual(
                changes.filter((change) => !change.startsWith("create ")),
                [],
            );
        });
    }

    it("of a wrong stack tells all that is wrong, and `pulumi up` makes nothing of it", async () => {
        const wrong = {
            publicUrl: "https://keep.example.com/keep",
            release: "wrong",
            backend: { replicas: 2 },
            nonsense: true,
        };
        const stack = await project.stack("wrong", wrong);

        await assert.rejects(stack.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            assert.match(error.message, /3 problems in Pulumi\.wrong\.yaml; nothing was changed/);
            assert.match(error.message, /keep:publicUrl \("https:\/\/keep\.example\.com\/keep"\) is not an origin/);
            assert.match(error.message, /keep:backend\.replicas \(2\) is more than the one pod that SQLite supports/);
            assert.match(error.message, /keep:nonsense is not a setting/);
            assert.doesNotMatch(error.message, /\n\s+at /);
            assert.deepEqual(error.run.changes, []);
            return true;
        });
        assert.deepEqual(await uids(testCluster().client, ofRelease("wrong")), {});
    });
});
