import assert from "node:assert/strict";

import { convert } from "../../tools/fromChart/convert";
import { until } from "../cluster/api/wait";
import { testCluster } from "../cluster/connection";
import type { Settings } from "../cluster/release";
import { ChartRelease } from "./chartRelease";
import { ofRelease, secretNames, uids } from "./objects";
import { describeWithFakePods } from "./pods";
import { TestProject } from "./project";
import { RunFailed, type TestStack } from "./stack";

/** Kinds as kubectl names them, and where the API server has them. */
const ROOTS: Readonly<Record<string, string>> = {
    deployment: "/apis/apps/v1",
    service: "/api/v1",
    ingress: "/apis/networking.k8s.io/v1",
    horizontalpodautoscaler: "/apis/autoscaling/v2",
    cronjob: "/apis/batch/v1",
    configmap: "/api/v1",
    serviceaccount: "/api/v1",
    role: "/apis/rbac.authorization.k8s.io/v1",
    rolebinding: "/apis/rbac.authorization.k8s.io/v1",
};

// The way that docs/from-the-chart.md tells, in its order, but for what is said inside the database.
describeWithFakePods("a release of Keep's chart", () => {
    const { client } = testCluster();
    const project = new TestProject();
    const chart = new ChartRelease(client, "moved", "moving");
    const adoption = { helmRelease: "moved", namespace: "moving" };
    const { settings, steps } = convert({ database: { type: "mysql" } }, { adoption });
    let stack: TestStack;
    let initial: Readonly<Record<string, string>>;

    /** Objects of the release, old and new, but for those that Helm and Kubernetes keep for themselves. */
    async function objects(): Promise<Readonly<Record<string, string>>> {
        return { ...(await uids(client, ofRelease("moved"))), ...(await uids(client, ofRelease("moved-keep"))) };
    }

    /** `kubectl delete <kinds> --cascade=foreground -l <selector>`, which returns when all is gone, pods included. */
    async function follow(step: string): Promise<void> {
        const [, namespace = "", kinds = "", selector = ""] =
            /^kubectl -n (\S+) delete (\S+)(?: --cascade=foreground)? -l (\S+)$/.exec(step) ?? [];
        const query = `labelSelector=${encodeURIComponent(selector)}`;
        for (const kind of kinds.split(",")) {
            const plural = kind === "ingress" ? "ingresses" : `${kind}s`;
            const root = kind === "secret" ? "/api/v1" : (ROOTS[kind] ?? assert.fail(`no such kind: ${kind}`));
            const path = `${root}/namespaces/${namespace}/${plural}?${query}`;
            const { status } = await client.request("DELETE", path, { propagationPolicy: "Foreground" });
            assert.equal(status, 200, path);
            await until(`${plural} are gone`, 60_000, async () => {
                const { body } = await client.request("GET", path);
                return (body as { items: unknown[] }).items.length === 0;
            });
        }
    }

    function stepWith(word: string): string {
        return steps.find((step) => step.includes(word)) ?? assert.fail(`no step has ${word}`);
    }

    before(async () => {
        await chart.install();
        await chart.live();
        // As the stack file has them: without what is not set.
        const written = JSON.parse(JSON.stringify(settings)) as Settings;
        stack = await project.stack("moved", { ...written, publicUrl: "http://keep.localhost" });
        await stack.setSecrets({ databasePassword: "password-of-the-chart" });
        initial = await objects();
    });
    after(async () => {
        await project.close();
    });

    it("can be looked at first: nothing changes, and no claim and no namespace would be made", async () => {
        const { changes } = await stack.preview();

        assert.ok(changes.includes("create Deployment keep-database"), changes.join("\n"));
        assert.deepEqual(
            changes.filter((change) => /^(?!create)|Namespace|PersistentVolume/.test(change)),
            [],
        );
        assert.deepEqual(await objects(), initial);
    });

    it("is not overwritten while it runs: no second server ever opens its disk", async () => {
        await assert.rejects(stack.up(), (error) => {
            assert.ok(error instanceof RunFailed);
            // Whichever of the chart's objects the engine comes to first.
            assert.match(error.message, /"moved-keep-[a-z]+" already exists/);
            return true;
        });
        const now = await objects();
        for (const [name, uid] of Object.entries(initial)) assert.equal(now[name], uid, name);
    });

    it("gives its claim and its credentials to the stack that follows the steps", async () => {
        await follow(stepWith(" delete deployment"));
        await stack.up();

        const now = await objects();
        const claim = "persistentvolumeclaims moving/moved-keep-pvc";
        assert.equal(now[claim], initial[claim]);
        assert.deepEqual(
            Object.keys(now).filter((name) => name.startsWith("persistentvolume")),
            [claim],
        );
        assert.ok((await secretNames(client, "moving")).includes("keep-slack-1"));
        assert.deepEqual((await stack.preview()).changes, []);
        assert.deepEqual((await stack.refresh()).changes, []);
    });

    it("is forgotten by Helm, and by nothing else", async () => {
        await follow(stepWith(" delete secret"));

        const names = await secretNames(client, "moving");
        assert.ok(names.includes("keep-slack-1"));
        assert.ok(names.includes("moved-keep.database"));
        assert.equal(names.includes("sh.helm.release.v1.moved.v1"), false);
    });

    it("can be put back: the stack leaves claim and credentials behind, and nothing in the way", async () => {
        await stack.destroy();
        const left = await objects();
        const claim = "persistentvolumeclaims moving/moved-keep-pvc";
        assert.deepEqual(Object.keys(left), [claim, "secrets moving/moved-keep.database"]);

        await chart.install();

        const back = await objects();
        assert.equal(back[claim], initial[claim]);
        assert.deepEqual(
            Object.keys(initial).filter((name) => !(name in back)),
            [],
        );
        assert.ok((await secretNames(client, "moving")).includes("keep-slack-1"));
    });
});
