import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { podsOf } from "../support/objects";

const everything: Written = {
    database: { kind: "postgres" },
    redis: { kind: "bundled" },
    consumer: { enabled: true },
    retention: { days: 30 },
    backup: { kind: "volume" },
};

/** Name of the account of each component's pods. */
async function accounts(written: Written = {}) {
    const deployed = await deployKeep({ ...everything, ...written });
    const used = podsOf(deployed.resources).map(
        ({ labels, spec }) => [labels["app.kubernetes.io/component"] ?? "", spec.serviceAccountName] as const,
    );
    const created = deployed.all("ServiceAccount").map(({ physicalName }) => physicalName);
    return { used: Object.fromEntries(used), created: created.sort(), ...deployed };
}

describe("ServiceAccounts", () => {
    it("are one for Keep's processes, and one without a token for each other component", async () => {
        const { used, created, resources, all } = await accounts();

        assert.deepEqual(used, {
            backend: "keep-backend",
            backup: "keep-backup",
            consumer: "keep-backend",
            database: "keep-database",
            frontend: "keep-frontend",
            redis: "keep-redis",
            retention: "keep-retention",
            setup: "keep-backend",
            websocket: "keep-websocket",
            worker: "keep-backend",
        });
        assert.deepEqual(created, [...new Set(Object.values(used))].sort());
        assert.ok(all("ServiceAccount").every(({ inputs }) => !inputs.automountServiceAccountToken));
        const withToken = podsOf(resources).filter(({ spec }) => spec.automountServiceAccountToken === true);
        assert.ok(withToken.every(({ spec }) => spec.serviceAccountName === "keep-backend"));
    });

    it("may exist already, or carry annotations", async () => {
        const annotations = {
            "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/dumps",
            "eks.amazonaws.com/audience": "sts.amazonaws.com",
            "eks.amazonaws.com/sts-regional-endpoints": "true",
            "iam.gke.io/return-principal-id-as-email": "true",
            "sts.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/dumps",
            "eks.example.com/role-arn": "arn:aws:iam::111122223333:role/dumps",
            "team.example.com/role_arn": "a",
            "kubernetes.io/enforce-mountable-secrets": "false",
        };
        const { used, created, one } = await accounts({
            frontend: { serviceAccount: { name: "ui" } },
            backup: { kind: "volume", serviceAccount: { annotations } },
        });

        assert.equal(used.frontend, "ui");
        assert.equal(created.includes("ui"), false);
        assert.deepEqual(one("ServiceAccount", "keep-backup").inputs.metadata.annotations, annotations);
    });

    it("are created by their default names if these are written, with annotations", async () => {
        const annotations = { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/ui" };
        const { used, created, one } = await accounts({
            database: { kind: "postgres", serviceAccount: { name: "keep-database" } },
            frontend: { serviceAccount: { name: "keep-frontend", annotations } },
        });

        assert.deepEqual(created, [...new Set(Object.values(used))].sort());
        assert.deepEqual(one("ServiceAccount", "keep-frontend").inputs.metadata.annotations, annotations);
    });

    it("are not created where the stack says so", async () => {
        const { used, created } = await accounts({ serviceAccount: { create: false, name: "mine" } });

        assert.deepEqual(created, []);
        assert.deepEqual([used.frontend, used.backend], [undefined, "mine"]);
    });

    it("let the account of snapshots alone read the API server", async () => {
        const { used, created, one } = await accounts({ backup: { kind: "snapshot", className: "csi" } });

        assert.equal(used.backup, "keep-backup");
        assert.ok(created.includes("keep-backup"));
        assert.deepEqual(one("RoleBinding", "keep-backup").inputs.subjects, [
            { kind: "ServiceAccount", name: "keep-backup", namespace: "keep" },
        ]);
    });
});
