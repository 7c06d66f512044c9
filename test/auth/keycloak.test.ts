import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import { authEnv } from "../../components/auth/env";
import { auth } from "../../components/auth/settings";
import { isInstalled } from "../support/programs";

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

function addressOf(url: string): string {
    const settings = { kind: "keycloak", clientId: "keep", url, realm: "team", adminUser: "root" };
    const { KEYCLOAK_URL } = authEnv(auth.parse(settings), {}).backend;
    assert.ok(typeof KEYCLOAK_URL === "string");
    return KEYCLOAK_URL;
}

describe("the address of Keycloak", () => {
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
});
