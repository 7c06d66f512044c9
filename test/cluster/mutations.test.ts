import assert from "node:assert/strict";

import { namespacesOf } from "./api/apply";
import { accessFindings } from "./checks/access";
import { orderFindings } from "./checks/order";
import { runningFindings } from "./checks/running";
import { scalingFindings } from "./checks/scaling";
import { serviceFindings } from "./checks/services";
import { testCluster } from "./connection";
import { type Change, finds, setting, withFault } from "./faults";
import { backendAccess, recordRelease } from "./release";

const cluster = testCluster();

describe("the checks against a real API server turn red", () => {
    it("at a field that Kubernetes does not know", async () => {
        const change = setting(
            "Deployment",
            "backend",
            ["spec", "template", "spec", "containers", 0, "livenessprobe"],
            {},
        );
        await withFault("test-unknown-field", change, (_release, applied) => {
            assert.match(applied.join("\n"), /Deployment .*refused: .*livenessprobe/);
            return Promise.resolve();
        });
    });

    it("at a container that does not forbid privilege escalation", async () => {
        const path = ["spec", "template", "spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"];
        await withFault(
            "test-escalation",
            setting("Deployment", "frontend", path, undefined),
            async ({ objects }, applied) => {
                assert.match(applied.join("\n"), /Deployment .*warning: .*allowPrivilegeEscalation/);
                if (cluster.pods !== "none")
                    await finds(/frontend is not available: .*violates PodSecurity/, () =>
                        runningFindings(cluster.client, objects),
                    );
            },
        );
    });

    it("at a Service port that no container opens", async function () {
        if (cluster.pods === "none") this.skip();
        const change = setting("Service", "backend", ["spec", "ports", 0, "targetPort"], 9999);
        await withFault("test-wrong-port", change, async ({ objects }) => {
            await finds(/backend sends port \d+ to 9999, which no container opens/, () =>
                serviceFindings(cluster.client, objects),
            );
        });
    });

    it("at a Service port by a name that no container has", async function () {
        if (cluster.pods === "none") this.skip();
        const change = setting("Service", "backend", ["spec", "ports", 0, "targetPort"], "nowhere");
        await withFault("test-wrong-port-name", change, async ({ objects }) => {
            await finds(/backend sends port \d+ to nowhere, which no container opens/, () =>
                serviceFindings(cluster.client, objects),
            );
        });
    });

    it("at a right to list Secrets", async () => {
        const change = setting("Role", "secrets", ["rules", 0, "verbs"], ["create", "get", "list", "patch", "delete"]);
        await withFault("test-can-list", change, async (release) => {
            const { account, grants } = backendAccess(release);
            const namespaces = namespacesOf(release.objects);
            await finds(/can list secrets in test-can-list-secrets$/, () =>
                accessFindings(cluster.client, account, grants, namespaces),
            );
        });
    });

    it("at a right that is missing", async () => {
        const change = setting("Role", "secrets", ["rules", 0, "verbs"], ["create", "get", "delete"]);
        await withFault("test-can-not-patch", change, async (release) => {
            const { account, grants } = backendAccess(release);
            const namespaces = namespacesOf(release.objects);
            await finds(/can't patch secrets in test-can-not-patch-secrets$/, () =>
                accessFindings(cluster.client, account, grants, namespaces),
            );
        });
    });

    const several = { frontend: { replicas: 2 }, websocket: { kind: "soketi", autoscaling: { max: 2 } } };
    const unscaled: Readonly<Record<string, readonly [string, Change, RegExp]>> = {
        "an autoscaler of a Deployment that is not there": [
            "test-no-target",
            setting("HorizontalPodAutoscaler", "websocket", ["spec", "scaleTargetRef", "name"], "nowhere"),
            /websocket has not found what it scales/,
        ],
        "a budget that covers no pod": [
            "test-no-budget",
            setting("PodDisruptionBudget", "frontend", ["spec", "selector", "matchLabels"], { app: "nothing" }),
            /frontend covers no pod/,
        ],
        "a budget that lets no node be drained": [
            "test-no-drain",
            setting("PodDisruptionBudget", "frontend", ["spec", "maxUnavailable"], 0),
            /frontend allows no disruption/,
        ],
    };
    for (const [what, [name, change, wanted]] of Object.entries(unscaled)) {
        it(`at ${what}`, async function () {
            if (cluster.pods === "none") this.skip();
            await withFault(
                name,
                change,
                ({ objects }) => finds(wanted, () => scalingFindings(cluster.client, objects)),
                { ...several, redis: { kind: "bundled" } },
            );
        });
    }

    it("at a claim whose class nobody serves", async function () {
        if (cluster.pods === "none") this.skip();
        const change = setting("PersistentVolumeClaim", "database", ["spec", "storageClassName"], "nobodys");
        await withFault("test-unbound", change, async ({ objects }) => {
            await finds(/PersistentVolumeClaim .* is not bound, but Pending/, () =>
                runningFindings(cluster.client, objects),
            );
        });
    });

    it("at a Service that selects no pod", async function () {
        if (cluster.pods === "none") this.skip();
        await withFault(
            "test-no-pod",
            setting("Service", "frontend", ["spec", "selector"], { app: "nothing" }),
            async ({ objects }) => {
                await finds(/frontend selects no pod/, () => serviceFindings(cluster.client, objects));
            },
        );
    });

    it("at a setup Job that fails", async function () {
        if (cluster.pods !== "fake") this.skip();
        // The one tag at which the fake node ends a Job's pod badly.
        const path = ["spec", "template", "spec", "containers", 0, "image"];
        await withFault(
            "test-broken-setup",
            setting("Job", "setup", path, "registry.example.com/keep-api:broken"),
            async ({ objects }) => {
                await finds(/Job .* is not complete/, () => runningFindings(cluster.client, objects));
            },
        );
    });

    it("at a setup Job that the backend does not wait for", async () => {
        const { resources } = await recordRelease({
            publicUrl: "http://keep.example.com",
            database: { kind: "postgres" },
        });
        const careless = resources.map((resource) => ({
            ...resource,
            dependencies: resource.dependencies.filter(({ type }) => !type.endsWith(":Job")),
        }));
        assert.deepEqual(orderFindings(resources), []);
        assert.match(orderFindings(careless).join("\n"), /backend does not wait for the setup Job/);
    });
});
