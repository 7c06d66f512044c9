import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

const keycloak = {
    kind: "keycloak",
    clientId: "keep",
    url: "https://kc.example.com",
    realm: "team",
    adminUser: "root",
};
const okta = { kind: "okta", clientId: "keep", issuer: "https://team.okta.com/oauth2/default" };

/** A Keep at a public address, where people sign in with an identity provider. */
async function signedIn(written: Written) {
    const run = await deployKeep({ publicUrl: "https://keep.example.com", ingress: TLS, ...written });
    const [backend, frontend] = ["backend", "frontend"].map((tier) => envOf(mainContainer(run.resources, tier)));
    return { ...run, backend, frontend };
}

const TLS = { kind: "nginx", tls: { terminatedOutside: true } };

describe("what an identity provider gave out to Keep", () => {
    it("stands in a Secret of ours, and nowhere else in plain text", async () => {
        const { one, backend, frontend } = await signedIn({
            auth: keycloak,
            authClientSecret: "given-to-keep",
            keycloakAdminPassword: "root-of-keycloak",
        });

        assert.deepEqual(one("Secret", "keep.auth").inputs.stringData, {
            "client-secret": "given-to-keep",
            "admin-password": "root-of-keycloak",
        });
        assert.equal(backend?.KEYCLOAK_CLIENT_SECRET, "Secret keep.auth/client-secret");
        assert.equal(backend.KEYCLOAK_ADMIN_PASSWORD, "Secret keep.auth/admin-password");
        assert.equal(frontend?.KEYCLOAK_SECRET, "Secret keep.auth/client-secret");
    });

    it("stays where it is when it stands in a Secret already", async () => {
        const { all, backend, frontend } = await signedIn({
            auth: {
                ...keycloak,
                clientSecret: { name: "sso", key: "client" },
                adminPassword: { name: "sso", key: "admin" },
            },
        });

        assert.equal(
            all("Secret").some(({ physicalName }) => physicalName === "keep.auth"),
            false,
        );
        assert.equal(backend?.KEYCLOAK_CLIENT_SECRET, "Secret sso/client");
        assert.equal(backend.KEYCLOAK_ADMIN_PASSWORD, "Secret sso/admin");
        assert.equal(frontend?.KEYCLOAK_SECRET, "Secret sso/client");
    });

    it("may include a token, which only the API is given", async () => {
        const { one, backend, frontend } = await signedIn({
            auth: okta,
            authClientSecret: "given-to-keep",
            oktaApiToken: "token",
        });

        assert.deepEqual(one("Secret", "keep.auth").inputs.stringData, {
            "client-secret": "given-to-keep",
            "api-token": "token",
        });
        assert.equal(backend?.OKTA_API_TOKEN, "Secret keep.auth/api-token");
        assert.equal(JSON.stringify(frontend).includes("api-token"), false);
    });

    it("is nothing where people sign in without one", async () => {
        const { all, backend } = await signedIn({ auth: okta, authClientSecret: "given-to-keep" });

        assert.equal(backend?.OKTA_API_TOKEN, undefined);
        assert.equal(
            all("Secret").some(({ physicalName }) => physicalName === "keep.auth"),
            true,
        );
        const { all: without } = await deployKeep();
        assert.equal(
            without("Secret").some(({ physicalName }) => physicalName === "keep.auth"),
            false,
        );
    });
});
