import assert from "node:assert/strict";

import { minimal, type Written } from "../support/config";
import { problems } from "../support/refusals";

const LONGEST = 128 * 1024;
const secretEnv = (count: number, bytes: number) => ({
    secretEnv: JSON.stringify({
        backend: Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, "x".repeat(bytes)])),
    }),
});
const providers = (bytes: number) => ({
    providers: JSON.stringify({ a: { type: "mock", authentication: { token: "x".repeat(bytes) } } }),
});

const CASES: readonly (readonly [what: string, written: Written, ...expected: RegExp[]])[] = [
    ["the longest variable", { backend: { env: { BIG: "x".repeat(LONGEST - 5) } } }],
    [
        "a longer variable",
        { backend: { env: { BIG: "x".repeat(LONGEST - 4) } } },
        /^keep:backend\.env\.BIG has 131073 bytes, and Linux allows 131072 for a variable\. Shorten it\.$/,
    ],
    [
        "variables too long together",
        { backend: { env: Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, "é".repeat(55_000)])) } },
        /^keep:backend\.env has 550005 bytes of names and values, and at most 524288 are allowed/,
    ],
    [
        "a secret variable that is too long",
        secretEnv(1, LONGEST),
        /^keep:secretEnv\.backend\.V0 has 131076 bytes, and Linux allows 131072/,
    ],
    ["secret variables that fill a Secret", secretEnv(16, 64 * 1024)],
    [
        "secret variables that do not fit in a Secret",
        secretEnv(17, 64 * 1024),
        /^keep:secretEnv has 1114112 bytes of values, and a Secret in Kubernetes has at most 1048576\. Shorten it\.$/,
    ],
    ["providers that fit in a Secret", providers(1_000_000)],
    ["providers that do not", providers(1_048_576), /^keep:providers has 1048627 bytes of values, and a Secret/],
    [
        "a password that is too long",
        { firstUserPassword: "x".repeat(LONGEST) },
        /^keep:firstUserPassword has 131074 bytes, and Linux allows 131072/,
    ],
];

describe("sizes of variables and secrets", () => {
    for (const [what, written, ...expected] of CASES) {
        it(`${expected.length === 0 ? "allow" : "reject"} ${what}`, async () => {
            const found = await problems(minimal(written));

            assert.equal(found.length, expected.length, found.map((text) => text.slice(0, 200)).join("\n"));
            expected.forEach((pattern, index) => {
                assert.match(found[index] ?? "", pattern);
            });
        });
    }
});
