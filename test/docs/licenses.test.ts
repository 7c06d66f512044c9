import assert from "node:assert/strict";

import { licensedPackages } from "../../tools/docs/licenses";

/** Licenses that let anyone use, change and redistribute a package, without terms for what it is used in. */
const ACCEPTED = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Python-2.0",
    "Unlicense",
];

/** What the file says that a package names in place of a license. */
const READ: Readonly<Record<string, string>> = { "@logdna/tail-file": "MIT" };

describe("the licenses of the packages that an installation brings", () => {
    it("are all known and accepted", () => {
        const packages = licensedPackages();
        const isAccepted = (license = "") =>
            license
                .replace(/[()]/g, "")
                .split(" OR ")
                .some((choice) => choice.split(" AND ").every((part) => ACCEPTED.includes(part)));

        assert.ok(packages.some(({ name }) => name === "zod"));
        assert.ok(!packages.some(({ name }) => name === "mocha"));
        assert.deepEqual(
            packages.filter(({ name, license }) => !isAccepted(READ[name] ?? license)),
            [],
        );
    });
});
