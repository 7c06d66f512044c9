import assert from "node:assert/strict";

import { deployKeep } from "../support/config";

const auth = {
    kind: "azuread",
    clientId: "11111111-2222-3333-4444-555555555555",
    tenantId: "22222222-2222-2222-2222-222222222222",
    adminGroupId: "33333333-2222-3333-4444-555555555555",
    nocGroupId: "44444444-2222-3333-4444-555555555555",
};
const okta = { kind: "okta", clientId: "c", issuer: "https://team.okta.com/oauth2/default" };
const tls = { ingress: { tls: { defaultCertificate: true } } };
const local = { ingress: { kind: "none" } };

describe("a warning about a sign-in that returns to http", () => {
    for (const [what, written, isWarned] of [
        ["is there for Entra ID", { auth, publicUrl: "http://keep.example.com" }, true],
        ["is there for a host that only looks local", { auth, publicUrl: "http://localhost.example.com" }, true],
        ["is absent with https", { auth, publicUrl: "https://keep.example.com", ...tls }, false],
        ["is absent at localhost", { auth, publicUrl: "http://localhost:3000", ...local }, false],
        ["is absent for other providers", { auth: okta, publicUrl: "http://keep.example.com" }, false],
    ] as const) {
        it(what, async () => {
            const { warnings } = await deployKeep({ ...written, authClientSecret: "s" });

            assert.equal(
                warnings.some((warning) => warning.startsWith("keep:publicUrl: nobody can sign in")),
                isWarned,
            );
        });
    }
});
