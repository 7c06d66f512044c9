import assert from "node:assert/strict";

import { namespacesOf, removeAll } from "./api/apply";
import type { KubernetesObject } from "./api/client";
import { accessFindings } from "./checks/access";
import { orderFindings } from "./checks/order";
import { testCluster } from "./connection";
import { deployRelease, type Findings } from "./deploy";
import { backendAccess, recordRelease, type Release, stackSettings } from "./release";
import { recordLargest } from "./variants";

const cluster = testCluster();

// As they stand but for the release's name and address, which must not be those of a Keep in the same cluster.
const STACKS: Readonly<Record<string, () => Promise<Release>>> = {
    "the dev stack": () =>
        recordRelease({ ...stackSettings("dev"), publicUrl: "http://test-dev.localhost", release: "test-dev" }),
    "the prod stack": () =>
        recordRelease({ ...stackSettings("prod"), publicUrl: "https://test-prod.example.com", release: "test-prod" }),
    "the largest release": recordLargest,
};

for (const [name, record] of Object.entries(STACKS)) {
    describe(`in a real API server, ${name}`, () => {
        let release: Release;
        let findings: Findings;
        let deployed: readonly KubernetesObject[] = [];

        before(async () => {
            release = await record();
            deployed = release.objects;
            findings = await deployRelease(cluster, release);
        });
        after(() => removeAll(cluster.client, deployed));

        it("is accepted as it stands, without a warning, where Pod Security is restricted", () => {
            assert.deepEqual(findings.applied, []);
        });
        it("gets its pods available, its claims bound and its setup done", function () {
            if (cluster.pods === "none") this.skip();
            assert.deepEqual(findings.running, []);
        });
        it("has Services that reach Ready pods of its own on ports that these open", function () {
            if (cluster.pods === "none") this.skip();
            assert.deepEqual(findings.services, []);
        });
        it("has autoscalers that find their target, and budgets that cover their pods", function () {
            if (cluster.pods === "none") this.skip();
            assert.deepEqual(findings.scaling, []);
        });
        it("names only Secrets, keys, claims and accounts that are there", () => {
            assert.deepEqual(findings.references, []);
        });
        it("lets traffic in only to Services and ports that are there", () => {
            assert.deepEqual(findings.routes, []);
        });
        it("sets up before the backend starts", () => {
            assert.deepEqual(orderFindings(release.resources), []);
        });
        it("lets its backend handle Keep's own Secrets, and nothing else anywhere", async () => {
            const { account, grants } = backendAccess(release);
            const namespaces = [...namespacesOf(release.objects), "default", "kube-system"];
            assert.equal(grants.length, 1);
            assert.deepEqual(await accessFindings(cluster.client, account, grants, namespaces), []);
        });
        it("lets the account that its other pods run as do nothing", async () => {
            const { account } = backendAccess(release);
            const other = { namespace: account.namespace, name: "default" };
            assert.deepEqual(await accessFindings(cluster.client, other, [], namespacesOf(release.objects)), []);
        });
    });
}
