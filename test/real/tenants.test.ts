import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";

import { createCertificate } from "../support/certificate";
import { deployKeep, type Written } from "../support/config";
import type { Deployed } from "../support/harness";
import { startContainer } from "./container";
import { startPostgresOf } from "./postgres";
import { answers, type Running } from "./process";
import { need, pathOf } from "./programs";
import { queried, runSetup } from "./setupJob";

const DIRECTORY_ID = "22222222-2222-2222-2222-222222222222";
const API = "http://keep-backend:8080";

describe("the tenant of users whom Keep gives none, after the setup Job", function () {
    // Each step needs the one before.
    this.bail(true);
    const running: Running[] = [];

    const deploy = (auth: object, more: Written = {}) =>
        deployKeep({
            database: { kind: "postgres" },
            auth: { clientId: "11111111-1111-1111-1111-111111111111", ...auth },
            authClientSecret: "secret-of-the-client",
            ...more,
        });

    // Keep's modules for Entra ID fetch the keys of tokens when they are loaded.
    const { certificate: cert, key } = createCertificate(["login.microsoftonline.com"]);
    const directory = createServer({ cert, key }, (_, response) => response.end('{"keys":[]}'));

    before(async function () {
        need(this, "python", "postgres", "enterprise");
        // In the layer of this run alone.
        appendFileSync(join(pathOf("enterprise"), "../certifi/cacert.pem"), cert);
        directory.listen(443, "127.0.1.4");
        const release = await deploy({ kind: "auth0", domain: "team.eu.auth0.com" });
        running.push(await startPostgresOf(release));
    });

    after(async () => {
        directory.close();
        for (const it of running.reverse()) {
            await it.stop();
        }
    });

    const tenants = (release: Deployed<unknown>) => queried(release, "sorted(sum(rows('SELECT id FROM tenant'), []))");

    it("is that of Entra ID's tokens, also at a second run", async () => {
        const release = await deploy({
            kind: "azuread",
            tenantId: DIRECTORY_ID,
            adminGroupId: "33333333-3333-3333-3333-333333333333",
            nocGroupId: "44444444-4444-4444-4444-444444444444",
        });
        await runSetup(release);
        await runSetup(release);
        assert.deepEqual(await tenants(release), [DIRECTORY_ID]);
    });

    it("is the one that the stack names with Auth0", async () => {
        const release = await deploy({ kind: "auth0", domain: "team.eu.auth0.com", tenantId: "payments" });
        await runSetup(release);
        assert.deepEqual(await tenants(release), [DIRECTORY_ID, "payments"]);
    });

    it("is Keep's own with Auth0, with the stack's API keys, with which the API answers", async () => {
        const release = await deploy(
            { kind: "auth0", domain: "team.eu.auth0.com" },
            { secretStore: { kind: "database" }, apiKeys: "ci:admin:masked-key-of-ci" },
        );
        await runSetup(release);
        assert.deepEqual(await tenants(release), [DIRECTORY_ID, "keep", "payments"]);
        const api = startContainer(release, release.one("Deployment", "keep-backend").inputs.spec.template.spec);
        running.push(api);
        await api.until(() => answers(`${API}/healthcheck`), 300);
        const answer = await fetch(`${API}/workflows`, { headers: { "x-api-key": "masked-key-of-ci" } });
        assert.equal(answer.status, 200, await answer.text());
    });
});
