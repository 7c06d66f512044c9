import assert from "node:assert/strict";

import { deployKeep } from "../support/config";
import { envOf } from "../support/objects";
const SNAPSHOT = { kind: "snapshot", count: 3, className: "fast" };

describe("snapshots of the database's disk", () => {
    it("are taken at night of the claim that the database has, by an account that may do only that", async () => {
        const { one } = await deployKeep({ database: { kind: "postgres" }, backup: SNAPSHOT });

        const { schedule, jobTemplate } = one("CronJob", "keep-backup").inputs.spec;
        const pod = jobTemplate.spec.template.spec;
        assert.equal(schedule, "0 2 * * *");
        assert.deepEqual([pod.serviceAccountName, pod.automountServiceAccountToken], ["keep-backup", true]);
        const { CLAIM, CLASS, COUNT, LABELS, NAMESPACE } = envOf(pod.containers[0] ?? { name: "" });
        assert.deepEqual([CLAIM, CLASS, COUNT, NAMESPACE], ["keep-postgres", "fast", "3", "keep"]);
        assert.equal((JSON.parse(LABELS ?? "") as Record<string, string>)["app.kubernetes.io/component"], "backup");
        assert.deepEqual(one("Role", "keep-backup").inputs.rules, [
            {
                apiGroups: ["snapshot.storage.k8s.io"],
                resources: ["volumesnapshots"],
                verbs: ["create", "delete", "get", "list"],
            },
        ]);
        assert.deepEqual(one("RoleBinding", "keep-backup").inputs.subjects, [
            { kind: "ServiceAccount", name: "keep-backup", namespace: "keep" },
        ]);
    });

    it("are of a claim that somebody else has made, too, and of SQL Server's", async () => {
        for (const [database, more] of [
            [{ kind: "sqlite" }, {}],
            [{ kind: "sqlserver", acceptEula: true }, { backend: { image: "registry.example.com/own:1" } }],
        ] as const) {
            const { one } = await deployKeep({
                ...more,
                database: { ...database, volume: { existingClaim: "own" } },
                backup: SNAPSHOT,
            });
            const [container] = one("CronJob", "keep-backup").inputs.spec.jobTemplate.spec.template.spec.containers;
            assert.equal(envOf(container ?? { name: "" }).CLAIM, "own");
        }
    });

    it("reach the API server through the network policies, and not the database", async () => {
        const { one } = await deployKeep({
            database: { kind: "postgres" },
            backup: SNAPSHOT,
            networkPolicy: { enabled: true, edge: [{ namespace: "ingress-nginx" }] },
        });

        const ports = one("NetworkPolicy", "keep-backup").inputs.spec.egress.flatMap((rule) => rule.ports);
        assert.ok(ports.some(({ port }) => Number(port) === 6443));
        assert.ok(!ports.some(({ port }) => Number(port) === 5432));
    });
});
