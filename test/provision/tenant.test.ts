import assert from "node:assert/strict";

import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer } from "../support/objects";

const GUIDS = ["1", "2", "3", "4"].map((digit) => "11111111-2222-3333-4444-55555555555" + digit);

describe("the tenant of users", () => {
    it("is created where Keep creates none, and nowhere else", async () => {
        const domain = "team.eu.auth0.com";
        const tenants = async (auth: Written) => {
            const { resources } = await deployKeep({
                database: { kind: "postgres" },
                auth: { clientId: GUIDS[0], ...auth },
                authClientSecret: "s",
            });
            const setup = mainContainer(resources, "setup");
            const creates = setup.command?.[2]?.includes("tenant.main(); on_starting()") ?? false;
            return [creates, envOf(setup).KEEP_SETUP_TENANT];
        };

        assert.deepEqual(await tenants({ kind: "auth0", domain }), [true, "keep"]);
        assert.deepEqual(await tenants({ kind: "auth0", domain, tenantId: "payments" }), [true, "payments"]);
        const [, tenantId, adminGroupId, nocGroupId] = GUIDS;
        assert.deepEqual(await tenants({ kind: "azuread", tenantId, adminGroupId, nocGroupId }), [true, tenantId]);
        assert.deepEqual(await tenants({ kind: "onelogin", issuer: "https://team.onelogin.com/oidc/2" }), [
            false,
            undefined,
        ]);
    });
});
