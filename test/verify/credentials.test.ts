import assert from "node:assert/strict";

import { credentials } from "../../tools/verify/installation";

describe("what the commands sign in with", () => {
    it("is an API key, where one is set", async () => {
        assert.deepEqual(await credentials("keycloak", "prod", { KEEP_API_KEY: "k-1" }), { VERIFY_API_KEY: "k-1" });
    });

    it("is a local user's password", async () => {
        assert.deepEqual(await credentials("db", "prod", { KEEP_PASSWORD: "p" }), {
            VERIFY_USERNAME: "keep",
            VERIFY_PASSWORD: "p",
        });
    });

    for (const key of ["", "…", "key\n", "two words"]) {
        it(`is no API key that a header cannot hold: ${JSON.stringify(key)}`, async () => {
            await assert.rejects(
                credentials("db", "prod", { KEEP_API_KEY: key }),
                /KEEP_API_KEY is empty, or contains an invalid character/,
            );
        });
    }

    it("is asked for, where only a browser can sign in", async () => {
        await assert.rejects(credentials("okta", "prod", {}), /Set KEEP_API_KEY to an API key with the role admin/);
    });
});
