import assert from "node:assert/strict";

import { removeAll } from "./api/apply";
import { orderFindings } from "./checks/order";
import { testCluster } from "./connection";
import { allOf, deployRelease, fewAtATime } from "./deploy";
import type { Release } from "./release";
import { DATABASES, INGRESSES, recordVariant } from "./variants";

// Some of these talk to servers that no one has, so where pods are real they are only asked for.
const known = testCluster();
const cluster = known.pods === "real" ? { ...known, pods: "none" as const } : known;

/** What Kubernetes warns of although there is no other way. */
const UNAVOIDABLE = [
    // GKE's own controller reads the old annotation only.
    /^Ingress .*-gce: warning: annotation "kubernetes.io\/ingress.class" is deprecated/,
];

async function findingsOf(release: Release): Promise<readonly string[]> {
    const findings = await deployRelease(cluster, release);
    await removeAll(cluster.client, release.objects);
    return [...allOf(findings), ...orderFindings(release.resources)].filter(
        (finding) => !UNAVOIDABLE.some((known) => known.test(finding)),
    );
}

describe("in a real API server, every database behind every way in", () => {
    const pairs = DATABASES.flatMap((database) => INGRESSES.map((ingress) => ({ database, ingress })));
    let results: readonly Promise<readonly string[]>[];

    before(async () => {
        // All programs run before the first request goes out: what they wait for is told by what is open, and so are requests.
        const releases: Release[] = [];
        for (const { database, ingress } of pairs) {
            releases.push(await recordVariant(database, ingress));
        }
        // Most of the time goes into waiting for controllers, so some variants wait together.
        results = [...fewAtATime(6, releases, findingsOf).values()];
    });

    pairs.forEach(({ database, ingress }, index) => {
        it(`${database} behind ${ingress}`, async () => {
            assert.deepEqual(await results[index], []);
        });
    });

    it("sqlite behind a GKE Gateway, with Google's policies", async () => {
        const ingress = { className: "gke-l7-rilb", implementation: "gke" };
        const release = await recordVariant("sqlite", "gateway", { name: "gke", ingress });
        assert.deepEqual(await findingsOf(release), []);
    });
});
