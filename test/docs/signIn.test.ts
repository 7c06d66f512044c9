import assert from "node:assert/strict";

import { type AuthKind, providers } from "../../components/auth/settings";
import { pageText } from "./pages";

/** The page of each identity provider, and the claims that Keep 0.54.2 reads from its tokens. */
const READ: Readonly<Partial<Record<AuthKind, { page: string; claims: readonly string[] }>>> = {
    // keycloak_authverifier.py. The user interface overwrites the claim keep_role (keep-ui/auth.config.ts).
    keycloak: { page: "keycloak", claims: ["keep_tenant_id", "groups"] },
    // okta_authverifier.py
    okta: { page: "okta", claims: ["keep_tenant_id", "keep_role", "role", "groups"] },
    // auth0_authverifier.py
    auth0: { page: "auth0", claims: ["keep_tenant_id", "keep_tenant_ids", "keep_role"] },
    // onelogin_authverifier.py
    onelogin: { page: "onelogin", claims: ["groups"] },
    // azuread_authverifier.py
    azuread: { page: "entra-id", claims: ["groups"] },
};

const CLAIM = /`(keep_role|keep_tenant_ids?|groups|roles?)`/g;

describe("the pages about sign-in", () => {
    it("have one for each identity provider to which Keep connects", () => {
        const connected = Object.entries(providers).filter(([, { urls }]) => urls !== undefined);
        assert.deepEqual(
            connected.map(([kind]) => kind).sort((a, b) => a.localeCompare(b)),
            Object.keys(READ).sort((a, b) => a.localeCompare(b)),
        );
    });

    for (const [kind, { page, claims }] of Object.entries(READ)) {
        it(`name only claims that Keep reads: ${kind}`, () => {
            const named = [...pageText(`docs/sign-in/${page}.md`).matchAll(CLAIM)].map(([, claim]) => claim);
            assert.deepEqual(
                named.filter((claim) => !claims.includes(claim ?? "")),
                [],
            );
        });

        it(`say what ends a session: ${kind}`, () => {
            const [, sessions = ""] = /^## Sessions$([^]*?)^## /m.exec(pageText("docs/sign-in.md")) ?? [];
            assert.ok(sessions.includes(`| \`${kind}\` `));
        });
    }
});
