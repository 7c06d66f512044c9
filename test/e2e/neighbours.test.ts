import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import { ofRelease, uids } from "./objects";
import { TestProject } from "./project";

/** Settings of a small release in some namespace, by a host of its own: ingress-nginx refuses one that is taken. */
const small = (release: string, namespace: { readonly name: string; readonly create?: boolean }) => ({
    publicUrl: `http://${release}.${namespace.name}.localhost`,
    release,
    namespace,
    websocket: { kind: "none" },
});

describe("several stacks in one cluster", () => {
    const { client } = testCluster();
    const project = new TestProject();
    after(async () => {
        await project.close();
    });

    it("share a namespace, or a name in two namespaces, and one's end is not another's", async () => {
        const first = await project.stack("first", small("twin", { name: "twin-a" }));
        const namesake = await project.stack("namesake", small("twin", { name: "twin-b" }));
        const guest = await project.stack("guest", small("guest", { name: "twin-a", create: false }));
        await first.up();
        const inFirst = async () =>
            Object.entries(await uids(client, ofRelease("twin"))).filter(([name]) => name.includes("twin-a"));
        const before = await inFirst();
        assert.ok(before.length > 10);

        await Promise.all([namesake.up(), guest.up()]);
        await Promise.all([namesake.destroy(), guest.destroy()]);

        assert.deepEqual(await inFirst(), before);
        assert.deepEqual(await uids(client, ofRelease("guest")), {});
        assert.deepEqual((await first.refresh()).changes, []);
    });
});
