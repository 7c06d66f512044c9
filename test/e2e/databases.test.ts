import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { ofRelease, uids } from "./objects";
import { describeWithFakePods } from "./pods";
import { TestProject } from "./project";

// The way that a trial goes: a file, a server in the cluster, a server elsewhere.
describeWithFakePods("a stack that grows out of its database", () => {
    const { client } = testCluster();
    const project = new TestProject();
    after(async () => {
        await project.close();
    });

    it("goes from sqlite to postgres to an external server, and leaves nothing of the old one", async () => {
        const settings = { publicUrl: "http://keep.localhost", release: "grow", websocket: { kind: "none" } };
        const stack = await project.stack("grow", { ...settings, database: { kind: "sqlite" } });
        await stack.up();
        const disks = async () =>
            Object.keys(await uids(client, ofRelease("grow"))).filter((name) => name.startsWith("persistent"));
        assert.deepEqual(await disks(), ["persistentvolumeclaims grow/grow-sqlite"]);

        await stack.configure({
            ...settings,
            database: { kind: "postgres" },
            allow: { abandon: ["grow/grow-sqlite"] },
        });
        await stack.up();
        assert.deepEqual(await disks(), ["persistentvolumeclaims grow/grow-postgres"]);

        await stack.setSecrets({ databaseUrl: "postgresql+psycopg2://keep:external@db.example.com/keep" });
        await stack.configure({
            ...settings,
            database: { kind: "external", engine: "postgres" },
            allow: { abandon: ["grow/grow-postgres"] },
        });
        await stack.up();
        assert.deepEqual(await disks(), []);
        assert.deepEqual((await stack.refresh()).changes, []);
    });
});
