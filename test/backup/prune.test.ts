import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const SCRIPTS = join(__dirname, "../../components/backup");

/** Speaks for rclone: a remote is a directory here. */
const RCLONE = `#!/bin/sh
set -eu
case "$1" in
copy) cp "$3"/* "\${4#bucket:}" 2>/dev/null || true ;;
lsf) cd "\${5#bucket:}" && find . -maxdepth 1 -type f -size +0 | sed 's,^./,,' ;;
deletefile) rm "\${2#bucket:}" ;;
esac
`;

/** Dumps of three releases and two ages, and what else people and programs put beside them. */
const OURS = ["01", "02", "03"].map((day) => `keep.keep-202601${day}T020000Z.dump`);
const FOREIGN = [
    ".partial",
    "README",
    "keep",
    "keep-20260109T020000Z.dump",
    "keep-backup.tar",
    "keep.keep-2-20260109T020000Z.dump",
    "keep.keep.k3xq0a7d-20260109T020000Z.dump",
    "keep.keep-20260109.dump",
    "keep.keep-20260109T020000Z.dump.gz",
    "keep.keep-20260109T020000Z.dumps",
    "keepXkeep-20260109T020000Z.dump",
    "old keep.keep-20260109T020000Z.dump",
    "team.keep-20260109T020000Z.dump",
];

describe("the pruning of dumps", () => {
    const work = mkdtempSync(join(tmpdir(), "keep-prune-"));
    const bin = join(work, "bin");

    before(() => {
        mkdirSync(bin);
        writeFileSync(join(bin, "rclone"), RCLONE);
        chmodSync(join(bin, "rclone"), 0o755);
    });

    after(() => {
        rmSync(work, { recursive: true });
    });

    function folder(files: readonly string[]): string {
        const directory = mkdtempSync(join(work, "d"));
        for (const file of files) {
            writeFileSync(join(directory, file), "a dump");
        }
        return directory;
    }

    /** What is left of a folder after a script has run on it. */
    function left(script: string, directory: string, env: Readonly<Record<string, string>>): string[] {
        execFileSync("sh", [join(SCRIPTS, script)], {
            env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`, NAME: "keep.keep", ...env },
        });
        return readdirSync(directory).sort();
    }

    const places = {
        "on a volume": (files: readonly string[], count: string) => {
            const directory = folder(files);
            return { directory, run: () => left("prune.sh", directory, { DIRECTORY: directory, COUNT: count }) };
        },
        "in a bucket": (files: readonly string[], count: string) => {
            const directory = folder(files);
            const env = { DIRECTORY: folder([]), TARGET: `bucket:${directory}`, COUNT: count };
            return { directory, run: () => left("upload.sh", directory, env) };
        },
    };
    for (const [where, place] of Object.entries(places)) {
        it(`keeps the newest ${where}, and whatever is not a dump of this release`, () => {
            const { run } = place([...OURS, ...FOREIGN], "2");

            assert.deepEqual(run(), [...OURS.slice(1), ...FOREIGN].sort());
        });

        it(`counts no empty file ${where}: the newest whole dump is never deleted`, () => {
            const { directory, run } = place(OURS, "1");
            writeFileSync(join(directory, "keep.keep-20260104T020000Z.dump"), "");

            assert.deepEqual(run(), ["keep.keep-20260103T020000Z.dump", "keep.keep-20260104T020000Z.dump"]);
        });

        it(`does nothing ${where} with fewer dumps than it keeps, or with none`, () => {
            assert.deepEqual(place(OURS, "7").run(), OURS);
            assert.deepEqual(place([], "1").run(), []);
        });
    }

    it("leaves directories and links alone", () => {
        const directory = folder(OURS);
        mkdirSync(join(directory, "keep.keep-20260108T020000Z.dump"));
        symlinkSync("/etc/hostname", join(directory, "keep.keep-20260109T020000Z.sql"));

        assert.deepEqual(left("prune.sh", directory, { DIRECTORY: directory, COUNT: "1" }), [
            OURS[2],
            "keep.keep-20260108T020000Z.dump",
            "keep.keep-20260109T020000Z.sql",
        ]);
    });

    it("fails where a bucket cannot be listed, instead of keeping every dump from then on", () => {
        const env = { DIRECTORY: folder([]), TARGET: `bucket:${join(work, "absent")}`, COUNT: "1" };

        assert.throws(() => left("upload.sh", work, env), /can't cd|No such file/);
    });

    it("sends the new dump before it deletes an old one", () => {
        const bucket = folder(OURS);
        const env = {
            DIRECTORY: folder(["keep.keep-20260104T020000Z.dump"]),
            TARGET: `bucket:${bucket}`,
            COUNT: "1",
        };

        assert.deepEqual(left("upload.sh", bucket, env), ["keep.keep-20260104T020000Z.dump"]);
    });
});
