import assert from "node:assert/strict";

import { canonicalStore } from "../../components/secretStore/settings";
import type { Written } from "../support/config";
import { refusesAfter, takesAfter } from "../support/deployed";

const external = (more: Written): Written => ({
    database: { kind: "external", engine: "postgres" },
    databaseUrl: "postgresql+psycopg2://keep:masked@db.example.com/keep",
    ...more,
});
const LOST = ", which are deleted unless they are retained";
const forgotten = (was: string, now: string) =>
    `keep:secretStore disconnects Keep from the credentials of its providers in ${was}, and starts with ${now}. Undo the change of its kind, its settings, the release or the namespace; or copy the credentials, then set keep:allow.secretStoreFrom to ${was.split(",")[0]} (docs/upgrade.md).`;
const deleted = (store: string, what: string) =>
    `keep:secretStore deletes the credentials of providers in ${store} at once, unless they are retained, with the ${what} that this stack created for them. Undo the change of the namespace or of removal; or save the credentials, then set keep:allow.secretStoreFrom to ${store} (docs/upgrade.md).`;
const SHARED = { kind: "kubernetes", namespace: "shared", acceptShared: true };
const VAULT = { kind: "vault", address: "https://vault.example.com", role: "keep" };

describe("the store of credentials in a deployment after another one", () => {
    refusesAfter({
        "another kind of store for the credentials of providers": [
            {},
            { secretStore: { kind: "database" } },
            forgotten(`kubernetes/keep-secrets${LOST}`, "database"),
        ],
        "a store in another namespace": [
            { secretStore: { ...SHARED, removal: false } },
            { secretStore: { kind: "kubernetes" } },
            forgotten("kubernetes/shared", "kubernetes/keep-secrets"),
        ],
        "a store in another namespace than the one that is emptied behind it": [
            { secretStore: SHARED },
            { secretStore: { ...SHARED, namespace: "another" } },
            forgotten(`kubernetes/shared${LOST}`, "kubernetes/another"),
        ],
        "a release of another name, whose store is another, with a database outside": [
            external({}),
            external({ release: "alerts" }),
            forgotten(`kubernetes/keep-secrets${LOST}`, "kubernetes/alerts-secrets"),
        ],
        "the store of its own as one that somebody else has made, which would delete it": [
            {},
            { secretStore: { ...SHARED, namespace: "keep-secrets" } },
            deleted("kubernetes/keep-secrets", "namespace"),
        ],
        "an end of the removal at destroy, which would run at once": [
            { secretStore: SHARED },
            { secretStore: { ...SHARED, removal: false } },
            deleted("kubernetes/shared", "removal"),
        ],
        "another Vault": [
            { secretStore: VAULT },
            { secretStore: { ...VAULT, address: "https://other.example.com" } },
            forgotten("vault/https://vault.example.com/root", "vault/https://other.example.com/root"),
        ],
        "another region": [
            { secretStore: { kind: "aws", region: "eu-central-1" } },
            { secretStore: { kind: "aws", region: "eu-west-1" } },
            forgotten("aws/eu-central-1", "aws/eu-west-1"),
        ],
        "another project": [
            { secretStore: { kind: "gcp", project: "keep-old" } },
            { secretStore: { kind: "gcp", project: "keep-new" } },
            forgotten("gcp/keep-old", "gcp/keep-new"),
        ],
        "another store, when one from elsewhere was allowed": [
            { secretStore: { kind: "database" } },
            { secretStore: VAULT, allow: { secretStoreFrom: "kubernetes/keep-secrets" } },
            forgotten("database", "vault/https://vault.example.com/root"),
        ],
    });
    for (const namespace of ["root", "root/", "default", "default/", "/"]) {
        it(`is the root of Vault, also recorded as ${namespace}`, () => {
            const name = "vault/https://vault.example.com";
            assert.equal(canonicalStore(`${name}/${namespace}`), canonicalStore(`${name}/root`));
        });
    }
    it("is another one in a namespace of Vault", () => {
        const name = "vault/https://vault.example.com";
        for (const other of ["teams", "teams/default", "default/teams", "root/teams", "chroot"]) {
            assert.notEqual(canonicalStore(`${name}/${other}`), canonicalStore(`${name}/root`));
        }
        assert.equal(canonicalStore("aws/root"), "aws/root");
    });
    takesAfter({
        "other spellings of one Vault": [
            { secretStore: { ...VAULT, namespace: "teams/a" } },
            { secretStore: { ...VAULT, address: "https://Vault.example.com:443", namespace: "teams/a/" } },
        ],
        "the root of Vault by its names, of which a server without namespaces ignores any": [
            { secretStore: { ...VAULT, namespace: "default" } },
            { secretStore: VAULT },
        ],
        "the root of Vault by its name, which was set": [
            { secretStore: { ...VAULT, namespace: "root/" } },
            { secretStore: { ...VAULT, namespace: "default" } },
        ],
        "the root of OpenBao before 2.4": [{ secretStore: VAULT }, { secretStore: { ...VAULT, namespace: "/" } }],
        "another store that is meant": [
            {},
            { secretStore: VAULT, allow: { secretStoreFrom: "kubernetes/keep-secrets" } },
        ],
        "another role and key for the same store": [
            { secretStore: { kind: "aws", region: "eu-central-1" } },
            { secretStore: { kind: "aws", region: "eu-central-1", kmsKeyId: "alias/keep" } },
        ],
        "a kept database, whose credentials are kept, too": [
            { database: { kind: "postgres" }, secretStore: SHARED },
            { database: { kind: "postgres", volume: { retain: true } }, secretStore: SHARED },
        ],
        "a shared store that is emptied from now on": [
            { secretStore: { ...SHARED, removal: false } },
            { secretStore: SHARED },
        ],
    });
});
