import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { authEnv } from "../../components/auth/env";
import { auth } from "../../components/auth/settings";
import { isInstalled } from "../support/programs";
import { accepts } from "../support/refusals";

/**
 * Prints the paths of the requests of Keep's clients: python-keycloak 4.2.3 (connection.py) for the verifier and the administrator, then
 * the URLs of keycloak_identitymanager.py itself. The last urljoin removes dots as urllib3 does (util/url.py), and keeps "//".
 */
const JOINS = `
import sys
from urllib.parse import urljoin, urlsplit
url = sys.argv[1]
for sent in (
    urljoin(url, "realms/team"),
    urljoin(url + "/admin", "admin/realms/team/clients"),
    urljoin(url + "/admin", "realms/team"),
    urljoin(url, f"{url}/admin/realms/team/clients/1"),
):
    print(urljoin("http://keycloak/", urlsplit(sent).path)[len("http://keycloak"):])
`;

function envOf(more: object) {
    const settings = { kind: "keycloak", clientId: "keep", realm: "team", adminUser: "root", ...more };
    return authEnv(auth.parse(settings), {});
}

function addressOf(url: string): string {
    const { KEYCLOAK_URL } = envOf({ url }).backend;
    assert.ok(typeof KEYCLOAK_URL === "string");
    return KEYCLOAK_URL;
}

describe("the address of Keycloak", () => {
    accepts({
        "a realm with a space, and its issuer": {
            auth: {
                kind: "keycloak",
                clientId: "keep",
                url: "http://keycloak.sso.svc:8080",
                issuer: "https://id.example.com/realms/My%20Realm",
                realm: "My Realm",
                adminUser: "root",
            },
            authClientSecret: "s",
            keycloakAdminPassword: "p",
        },
    });

    for (const [what, url, base] of [
        ["without a path", "https://kc.example.com", ""],
        ["with a path", "https://kc.example.com/auth", "/auth"],
        ["with a longer path", "https://kc.example.com/sso/auth/", "/sso/auth"],
    ] as const) {
        it(`${what} leads all of Keep's clients to the same path, without "//"`, () => {
            if (!isInstalled(["python3"], "the paths of Keycloak")) return;
            assert.deepEqual(
                execFileSync("python3", ["-c", JOINS, addressOf(url)], { encoding: "utf8" })
                    .trim()
                    .split("\n"),
                [
                    `${base}/realms/team`,
                    `${base}/admin/realms/team/clients`,
                    `${base}/realms/team`,
                    `${base}/admin/realms/team/clients/1`,
                ],
            );
        });
    }

    it("has an issuer without a space for a realm with one", () => {
        const { backend, frontend } = envOf({ url: "https://kc.example.com", realm: "My Realm" });
        assert.equal(backend.KEYCLOAK_REALM, "My Realm");
        assert.equal(frontend.KEYCLOAK_ISSUER, "https://kc.example.com/realms/My%20Realm");
    });
});
