import { refuses } from "../support/refusals";

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
});
