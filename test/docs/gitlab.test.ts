import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The tests that run Python, by their suites. */
const TESTS = {
    "airGapped/trust": "writes the usual certificates",
    "database/connectionStrings": "says the same to SQLAlchemy itself",
};

describe("npm run check in the image of docs/gitlab.md, which has no Python", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "keep-path-"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("leaves out what runs Python, with the reason", () => {
        symlinkSync("/bin/sh", join(folder, "sh"));
        const args = [require.resolve("mocha/bin/mocha.js"), "--no-parallel", "--grep", Object.values(TESTS).join("|")];
        const suites = Object.keys(TESTS).map((name) => join(__dirname, "..", `${name}.test.ts`));
        const env = { ...process.env, PATH: folder };
        const { status, stdout } = spawnSync(process.execPath, [...args, ...suites], { env, encoding: "utf8" });

        assert.equal(status, 0, stdout);
        const reasons = stdout.match(/left out: .*, because the PATH has no python3$/gm) ?? [];
        assert.equal(reasons.length, suites.length, stdout);
    });
});
