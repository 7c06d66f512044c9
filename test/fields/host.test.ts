import assert from "node:assert/strict";

import { host, hostInUrl, isOnlyInCluster, splitPort } from "../../components/fields/host";
import { hostOf, portOf } from "../../components/fields/traffic";

const NOT_A_HOST = "is not a host. Write only a name or an address, such as db.example.com";

const OF_SQL_SERVER =
    "is an address in the form of SQL Server. Write only the host, such as db.example.com, and set port";

describe("a host", () => {
    const valid: Readonly<Record<string, string>> = {
        localhost: "localhost",
        "db.example.com": "db.example.com",
        "db.example.com.": "db.example.com.",
        my_service: "my_service",
        "10.0.0.1": "10.0.0.1",
        "2001:db8::10": "2001:db8::10",
        "[2001:db8::10]": "2001:db8::10",
        "::1": "::1",
    };
    for (const [text, expected] of Object.entries(valid)) {
        it(`may be ${text}`, () => {
            assert.equal(host().parse(text), expected);
        });
    }

    const invalid: Readonly<Record<string, string>> = {
        "db:5432": "contains a port. Write only the host, and set port",
        "[2001:db8::10]:5432": "contains a port. Write only the host, and set port",
        "tcp:db.example.com,1433": OF_SQL_SERVER,
        "db.example.com,1433": OF_SQL_SERVER,
        "a:5432,b:5432": "is a list of hosts. Set it to one host",
        "10.0.0.256": NOT_A_HOST,
        "10.0.1": NOT_A_HOST,
        "db.0x1F": NOT_A_HOST,
        "2001:db8::g": NOT_A_HOST,
        "fe80::1%eth0": NOT_A_HOST,
        "https://db": NOT_A_HOST,
        "user@db": NOT_A_HOST,
        "db/keep": NOT_A_HOST,
        "$(HOST)": NOT_A_HOST,
        "a..b": NOT_A_HOST,
        "-db": NOT_A_HOST,
        "db\n": NOT_A_HOST,
        "": NOT_A_HOST,
        [`${"a".repeat(64)}.example.com`]: NOT_A_HOST,
    };
    for (const [text, message] of Object.entries(invalid)) {
        it(`is not ${JSON.stringify(text)}`, () => {
            assert.deepEqual(
                host()
                    .safeParse(text)
                    .error?.issues.map((issue) => issue.message),
                [message],
            );
        });
    }

    it("is in brackets in a URL when it is an IPv6 address", () => {
        assert.deepEqual(["db", "10.0.0.1", "2001:db8::10"].map(hostInUrl), ["db", "10.0.0.1", "[2001:db8::10]"]);
    });

    it("may be split from its port", () => {
        assert.deepEqual(["db", "db:1", "::1", "[::1]:1"].map(splitPort), [
            { host: "db", port: undefined },
            { host: "db", port: 1 },
            { host: "::1", port: undefined },
            { host: "::1", port: 1 },
        ]);
    });

    for (const [at, publicUrl, expected] of [
        ["http://sso:8080", "https://keep.example.com", true],
        ["http://sso:8080", "http://keep", false],
        ["http://sso:8080", "http://localhost:3000", false],
        ["http://keycloak.sso:8080", "https://keep.example.com", true],
        ["http://keycloak.sso:8080", "http://localhost:3000", true],
        ["http://keycloak.sso:8080", "http://keep.sso", false],
        ["https://keycloak.sso", "https://keep.example.com", false],
        ["http://example.com:8080", "https://keep.example.com", false],
        ["http://keycloak.corp:8080", "https://keep.example.com", false],
        ["http://keycloak.sso.example:8080", "https://keep.example.com", false],
        ["https://keycloak.sso.svc", "https://keep.example.com", true],
        ["https://keycloak.sso.svc.cluster.local", "https://keep.example.com", true],
        ["http://10.0.0.1:8080", "https://keep.example.com", false],
        ["http://localhost:8080", "http://localhost:3000", false],
    ] as const) {
        it(`may ${expected ? "be in the cluster alone" : "be outside of the cluster"}: ${at} at ${publicUrl}`, () => {
            assert.equal(isOnlyInCluster(hostOf(at), portOf(at), publicUrl), expected);
        });
    }
});
