import assert from "node:assert/strict";

import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { ofRelease, uids } from "./objects";
import { TestProject } from "./project";
import type { TestStack } from "./stack";

/** Each way in that the stack has in its turn; the last leads back to the first. */
const CHAIN: readonly Settings[] = [
    { kind: "haproxy-ingress" },
    { kind: "traefik" },
    { kind: "gateway", className: "example" },
    { kind: "openshift" },
    // Not "nginx", by which ingress-nginx, where it runs, would take these for its own and refuse the next for the same host.
    { kind: "f5-nginx", className: "f5-nginx" },
    { kind: "nginx" },
];

/** Whose name says that it belongs to one of these ways in: "<kinds> <namespace>/<release>-<kind>…". */
const DOOR = new RegExp(` doors/doors-(${CHAIN.map(({ kind }) => String(kind)).join("|")})(-|$)`);

// Changes of one stack, each on top of the one before.
describe("a stack that changes its way in under the real engine", () => {
    const { client } = testCluster();
    const project = new TestProject();
    const first: Settings = {
        publicUrl: "https://keep.example.com",
        release: "doors",
        platform: "openshift",
        ingress: { kind: "nginx", tls: { clusterIssuer: "letsencrypt" } },
    };
    let stack: TestStack;
    let start: Readonly<Record<string, string>>;

    before(async () => {
        stack = await project.stack("doors", first);
        await stack.up();
        start = await uids(client, ofRelease("doors"));
    });
    after(async () => {
        await project.close();
    });

    for (const ingress of CHAIN) {
        it(`has only ${String(ingress.kind)} after one up, on the same address, by the same certificate`, async () => {
            const before = await uids(client, ofRelease("doors"));
            await stack.configure({ ...first, ingress: { ...ingress, tls: { clusterIssuer: "letsencrypt" } } });
            await stack.up();
            const after = await uids(client, ofRelease("doors"));

            const [doors, others] = partition(after);
            const own = new RegExp(` doors/doors-${String(ingress.kind)}(-|$)`);
            assert.ok(doors.length > 0);
            assert.deepEqual(
                doors.filter(([name]) => !own.test(name) || name in before),
                [],
            );
            assert.deepEqual(others, partition(start)[1]);
            assert.equal(await stack.output("frontendUrl"), "https://keep.example.com");
            assert.equal(await stack.output("backendUrl"), "https://keep.example.com/v2");
        });
    }
});

/** The objects of a way in, and all others. */
function partition(objects: Readonly<Record<string, string>>): [doors: [string, string][], others: [string, string][]] {
    const all = Object.entries(objects);
    return [all.filter(([name]) => DOOR.test(name)), all.filter(([name]) => !DOOR.test(name))];
}
