import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeAssets } from "../../tools/release/assets";
import { entryOf } from "../../tools/release/changelog";

const CHANGELOG =
    "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-01-02\n\n### Fixed\n\n- One.\n\n## [1.1.0] - 2026-01-01\n";

describe("the files of a release", () => {
    let root: string;
    before(() => {
        root = mkdtempSync(join(tmpdir(), "keep-assets-"));
        writeFileSync(join(root, "CHANGELOG.md"), CHANGELOG);
    });
    after(() => {
        rmSync(root, { recursive: true, force: true });
    });

    for (const [version, tag, message] of [
        ["1.2.0", "v1.2.1", /^The tag v1.2.1 is not the version 1.2.0 of package.json/],
        ["1.3.0", "v1.3.0", /^CHANGELOG.md has no entry for 1.3.0/],
        ["1.1.0", "v1.1.0", /^CHANGELOG.md has no entry for 1.1.0/],
    ] as const) {
        it(`are not made of ${version} for ${tag}`, async () => {
            writeFileSync(join(root, "package.json"), JSON.stringify({ version }));

            await assert.rejects(writeAssets(root, tag, join(root, "release")), { message });
            assert.ok(!readdirSync(root).includes("release"));
        });
    }

    it("have the entry of the changelog for their notes, without its heading", () => {
        assert.equal(entryOf(CHANGELOG, "1.2.0"), "### Fixed\n\n- One.");
    });
});
