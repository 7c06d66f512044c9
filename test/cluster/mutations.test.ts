import assert from "node:assert/strict";

import { z } from "zod";

import { applyAll, assertAbsent, namespacesOf, removeAll } from "./api/apply";
import type { KubernetesObject } from "./api/client";
import { until } from "./api/wait";
import { accessFindings } from "./checks/access";
import { orderFindings } from "./checks/order";
import { runningFindings } from "./checks/running";
import { serviceFindings } from "./checks/services";
import { testCluster } from "./connection";
import { backendAccess, componentOf, recordRelease, type Release } from "./release";

const cluster = testCluster();

type Change = (object: KubernetesObject) => KubernetesObject;

const record = z.record(z.string(), z.unknown());

/** Sets, or with undefined removes, one field deep inside an object; numbers are positions in lists. */
function set(value: unknown, [head, ...rest]: readonly (string | number)[], to: unknown): unknown {
    if (head === undefined) return to;
    if (typeof head === "number") {
        return z
            .array(z.unknown())
            .parse(value)
            .map((item, index) => (index === head ? set(item, rest, to) : item));
    }
    const fields = record.parse(value);
    const changed = { ...fields, [head]: set(fields[head], rest, to) };
    return Object.fromEntries(Object.entries(changed).filter(([, field]) => field !== undefined));
}

function setting(kind: string, component: string, path: readonly (string | number)[], to: unknown): Change {
    return (object) => {
        if (object.kind !== kind || componentOf(object.metadata.labels) !== component) return object;
        const { apiVersion, metadata } = object;
        return { ...record.parse(set(object, path, to)), apiVersion, kind, metadata };
    };
}

/** Deploys a sound release with one fault put in, and hands it to a look that should find the fault. */
async function withFault(
    name: string,
    change: Change,
    look: (release: Release, applied: readonly string[]) => Promise<void>,
): Promise<void> {
    const sound = await recordRelease({
        publicUrl: `http://${name}.example.com`,
        release: name,
        database: { kind: "postgres" },
    });
    const release = { ...sound, objects: sound.objects.map(change) };
    assert.notDeepEqual(release.objects, sound.objects, "the fault was put into nothing");
    await assertAbsent(cluster.client, release.objects);
    try {
        await look(release, await applyAll(cluster.client, release.objects));
    } finally {
        await removeAll(cluster.client, release.objects);
    }
}

/** Waits until a check reports what it should. */
async function finds(wanted: RegExp, check: () => Promise<readonly string[]>): Promise<void> {
    let last: readonly string[] = [];
    await until(`a finding like ${wanted.source}`, 30_000, async () => {
        last = await check();
        return last.some((finding) => wanted.test(finding));
    }).catch((error: unknown) => assert.fail(`${String(error)} Found: ${last.join("\n") || "nothing"}`));
}

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
