import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf } from "../support/objects";

const stored = (store: Written, others: Written = {}) => deployKeep({ secretStore: store, ...others });

describe("the access of a Keep", () => {
    it("is an account whose token only those pods have that use it", async () => {
        const { one, resources } = await deployKeep({ serviceAccount: { annotations: { "eks/role": "arn" } } });

        const { metadata, automountServiceAccountToken } = one("ServiceAccount", "keep-backend").inputs;
        assert.deepEqual(
            [metadata.name, metadata.namespace, automountServiceAccountToken],
            ["keep-backend", "keep", false],
        );
        assert.deepEqual(metadata.annotations, { "eks/role": "arn" });
        const { serviceAccountName, automountServiceAccountToken: usesToken } = podOf(resources, "backend").spec;
        assert.deepEqual([serviceAccountName, usesToken], ["keep-backend", true]);
    });

    it("is the account that the stack names, made or not", async () => {
        const made = await deployKeep({ serviceAccount: { name: "mine" } });
        const found = await deployKeep({ serviceAccount: { create: false, name: "mine" } });

        assert.ok(made.all("ServiceAccount").some(({ physicalName }) => physicalName === "mine"));
        assert.deepEqual(found.all("ServiceAccount"), []);
        for (const { one, resources } of [made, found]) {
            assert.equal(podOf(resources, "backend").spec.serviceAccountName, "mine");
            assert.equal(one("RoleBinding").inputs.subjects[0]?.name, "mine");
        }
    });
});

describe("Keep's own Secrets", () => {
    it("stand in a namespace of the release's own, where alone it has rights: the four that it uses", async () => {
        const { one, all } = await stored({ kind: "kubernetes" });

        assert.deepEqual(
            all("Namespace").map(({ inputs }) => inputs.metadata.name),
            ["keep", "keep-secrets"],
        );
        assert.deepEqual(one("Role").inputs.metadata.namespace, "keep-secrets");
        assert.deepEqual(one("Role").inputs.rules, [
            { apiGroups: [""], resources: ["secrets"], verbs: ["create", "get", "patch", "delete"] },
        ]);
        const { metadata, roleRef, subjects } = one("RoleBinding").inputs;
        assert.deepEqual([metadata.namespace, metadata.name], ["keep-secrets", one("Role").inputs.metadata.name]);
        assert.deepEqual(roleRef, {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "Role",
            name: one("Role").inputs.metadata.name,
        });
        assert.deepEqual(subjects, [{ kind: "ServiceAccount", name: "keep-backend", namespace: "keep" }]);
    });

    it("stay after the stack when the database does, which needs them", async () => {
        for (const retain of [true, false]) {
            const { all } = await deployKeep({ database: { kind: "sqlite", volume: { retain } } });
            assert.deepEqual(
                all("Namespace").map(({ options }) => options.retainOnDelete ?? false),
                [retain, retain],
            );
        }
    });

    it("stand in a namespace that exists already, under a Role that tells releases apart", async () => {
        const { one, resources } = await stored(
            { kind: "kubernetes", namespace: "vaults", acceptShared: true },
            { release: "mine" },
        );

        const { name, namespace } = one("Role").inputs.metadata;
        assert.deepEqual([name, namespace], ["mine-secret-store", "vaults"]);
        assert.equal(envOf(mainContainer(resources, "backend")).K8S_NAMESPACE, "vaults");
    });

    const elsewhere: Readonly<Record<string, readonly [Written, Readonly<Record<string, string>>, boolean]>> = {
        "a table of the database": [{ kind: "database" }, { SECRET_MANAGER_TYPE: "DB" }, false],
        "Vault, by the account's token": [
            { kind: "vault", address: "https://vault.example.com", role: "keep", namespace: "team" },
            {
                SECRET_MANAGER_TYPE: "VAULT",
                HASHICORP_VAULT_ADDR: "https://vault.example.com",
                HASHICORP_VALUT_NAMESPACE: "team",
                HASHICORP_VAULT_USE_K8S: "true",
                HASHICORP_VAULT_K8S_ROLE: "keep",
            },
            true,
        ],
        "the root namespace of Vault, in which other clients are without a namespace": [
            { kind: "vault", address: "https://vault.example.com", role: "keep" },
            {
                SECRET_MANAGER_TYPE: "VAULT",
                HASHICORP_VAULT_ADDR: "https://vault.example.com",
                HASHICORP_VALUT_NAMESPACE: "root",
                HASHICORP_VAULT_USE_K8S: "true",
                HASHICORP_VAULT_K8S_ROLE: "keep",
            },
            true,
        ],
        AWS: [
            { kind: "aws", region: "eu-west-1" },
            { SECRET_MANAGER_TYPE: "AWS", AWS_REGION: "eu-west-1", AWS_KMS_KEY_ID: "alias/aws/secretsmanager" },
            false,
        ],
        "AWS, under a key of one's own": [
            { kind: "aws", region: "eu-west-1", kmsKeyId: "alias/keep" },
            { SECRET_MANAGER_TYPE: "AWS", AWS_REGION: "eu-west-1", AWS_KMS_KEY_ID: "alias/keep" },
            false,
        ],
        Google: [
            { kind: "gcp", project: "monitoring" },
            { SECRET_MANAGER_TYPE: "GCP", GOOGLE_CLOUD_PROJECT: "monitoring" },
            false,
        ],
    };
    for (const [where, [store, expected, usesToken]] of Object.entries(elsewhere)) {
        it(`can stand in ${where}, without rights in the cluster`, async () => {
            const { resources, all } = await stored(store);

            const env = Object.entries(envOf(mainContainer(resources, "backend"))).filter(([name]) =>
                /^(SECRET_MANAGER|K8S|HASHICORP|AWS|GOOGLE)/.test(name),
            );
            assert.deepEqual(Object.fromEntries(env), expected);
            assert.equal(podOf(resources, "backend").spec.automountServiceAccountToken, usesToken);
            assert.deepEqual([all("Role"), all("RoleBinding"), all("Namespace").length], [[], [], 1]);
        });
    }
});
