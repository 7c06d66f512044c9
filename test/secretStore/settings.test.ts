import assert from "node:assert/strict";

import { minimal } from "../support/config";
import { accepts, problems, refuses } from "../support/refusals";

describe("the settings of the secret store", () => {
    refuses({
        "an unknown kind of secret store": [
            { secretStore: { kind: "file" } },
            'keep:secretStore.kind ("file") has no known kind. Set kind to kubernetes, database, vault, aws or gcp.',
        ],
        "a namespace for Keep's Secrets that is no DNS label": [
            { secretStore: { kind: "kubernetes", namespace: "Keep" } },
            'keep:secretStore.namespace ("Keep") is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep.',
        ],
        "a Vault without an address": [
            { secretStore: { kind: "vault", role: "keep" } },
            "keep:secretStore.address is not a URL. Give the address of Vault, such as https://vault.example.com.",
        ],
        "a Vault whose address is none": [
            { secretStore: { kind: "vault", address: "vault", role: "keep" } },
            'keep:secretStore.address ("vault") is not a URL. Give the address of Vault, such as https://vault.example.com.',
        ],
        "a Vault whose address holds a password, without printing it": [
            { secretStore: { kind: "vault", address: "https://keep:hunter2@vault.example.com", role: "keep" } },
            'keep:secretStore.address ("https://…@vault.example.com") contains a user name or password, which would be stored in plain text. Give the address of Vault alone.',
        ],
        "a namespace of the cluster": [
            { secretStore: { kind: "kubernetes", namespace: "kube-system", acceptShared: true } },
            'keep:secretStore.namespace ("kube-system") belongs to the cluster, and Keep could read and change every Secret there. Leave it out, or name a namespace for these credentials alone.',
        ],
        "Keep's own namespace": [
            {
                namespace: { name: "alerting" },
                secretStore: { kind: "kubernetes", namespace: "alerting", acceptShared: true },
            },
            'keep:secretStore.namespace ("alerting") is Keep\'s own namespace, where Keep could read and change the Secrets of its database and its sign-in. Leave it out, or name another one.',
        ],
        "an existing namespace without a word of consent": [
            { secretStore: { kind: "kubernetes", namespace: "shared" } },
            'keep:secretStore.namespace ("shared") lets Keep read and change every Secret there. Leave it out: Keep then has a namespace of its own; or confirm it with keep:secretStore.acceptShared: true.',
        ],
        "an account that every namespace has": [
            { serviceAccount: { name: "default" } },
            'keep:serviceAccount.name ("default") exists in every namespace. Set keep:serviceAccount.create to false to use it, or choose another name.',
        ],
        "an account called like that of snapshots": [
            { backup: { kind: "snapshot" }, serviceAccount: { name: "keep-backup" } },
            'keep:serviceAccount.name ("keep-backup") is the name of the account that keep:backup creates. Choose another name.',
        ],
        "a Vault with an empty role": [
            { secretStore: { kind: "vault", address: "https://vault.example.com", role: " " } },
            'keep:secretStore.role (" ") is empty. Name the role of Vault\'s Kubernetes auth method.',
        ],
        "a Vault without a role": [
            { secretStore: { kind: "vault", address: "https://vault.example.com" } },
            "keep:secretStore.role is missing. Give it text.",
        ],
        "AWS without a region": [
            { secretStore: { kind: "aws", region: "" } },
            'keep:secretStore.region ("") is empty. Name an AWS region.',
        ],
        "Google without a project": [
            { secretStore: { kind: "gcp", project: "" } },
            'keep:secretStore.project ("") is empty. Name a Google Cloud project.',
        ],
    });

    for (const namespace of ["default", "kube-public", "openshift", "openshift-config"]) {
        it(`refuses ${namespace}, which belongs to the cluster`, async () => {
            const secretStore = { kind: "kubernetes", namespace, acceptShared: true };
            const [message = ""] = await problems(minimal({ secretStore }));

            assert.match(message, /belongs to the cluster/);
        });
    }

    accepts({
        "an existing namespace that is confirmed": {
            secretStore: { kind: "kubernetes", namespace: "kubernetes-credentials", acceptShared: true },
        },
        "the account of each namespace, found": { serviceAccount: { create: false, name: "default" } },
    });
});
