import assert from "node:assert/strict";
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeFiles } from "../../../tools/output/files";
import { UserError, userMessage } from "../../../tools/preview/userError";
import { start, withFolder } from "../preview/support";

const MARK = "Written by a test";
const text = (content: string) => `# ${MARK}\n${content}\n`;

describe("files that a command writes", () => {
    it("take the place of those that an earlier run wrote, and of no others", async () => {
        await withFolder((folder) => {
            writeFiles(
                folder,
                new Map([
                    ["a.yaml", text("a")],
                    ["wave-1/b.yaml", text("b")],
                ]),
                { mark: MARK },
            );
            writeFileSync(join(folder, "mine.yaml"), "mine\n");
            writeFiles(join(folder, "prod"), new Map([["wave-1/b.yaml", text("b")]]), { mark: MARK });
            writeFiles(folder, new Map([["a.yaml", text("new")]]), { mark: MARK, subfolders: /^wave-/ });

            assert.equal(readFileSync(join(folder, "a.yaml"), "utf8"), text("new"));
            assert.deepEqual(
                ["mine.yaml", "wave-1", "prod/wave-1/b.yaml"].map((name) => existsSync(join(folder, name))),
                [true, false, true],
            );
        });
    });

    it("leave all files as they are if one is somebody else's", async () => {
        await withFolder((folder) => {
            writeFileSync(join(folder, "kustomization.yaml"), "resources: [mine.yaml]\n");
            const files = new Map([
                ["a.yaml", text("a")],
                ["kustomization.yaml", text("b")],
            ]);

            assert.throws(() => {
                writeFiles(folder, files, { mark: MARK });
            }, /has files that this command did not write: kustomization\.yaml\. Nothing was written/);
            assert.equal(readFileSync(join(folder, "kustomization.yaml"), "utf8"), "resources: [mine.yaml]\n");
            assert.equal(existsSync(join(folder, "a.yaml")), false);
        });
    });

    it("take the place of no folder", async () => {
        await withFolder((folder) => {
            mkdirSync(join(folder, "a.yaml"));

            assert.throws(() => {
                writeFiles(folder, new Map([["a.yaml", text("a")]]), { mark: MARK });
            }, /has files that this command did not write: a\.yaml/);
        });
    });

    it("can be read by nobody else when they hold secrets, also those of an earlier run", async () => {
        await withFolder((folder) => {
            const files = new Map([["a.yaml", text("a")]]);
            writeFiles(folder, files, { mark: MARK });
            writeFiles(folder, files, { mark: MARK, isSecret: true });

            assert.equal(lstatSync(join(folder, "a.yaml")).mode & 0o777, 0o600);
        });
    });

    for (const [what, link] of [
        ["a file", "a.yaml"],
        ["a folder", "wave-1"],
    ] as const) {
        it(`are not written through a link in the place of ${what}`, async () => {
            await withFolder((folder) => {
                const [out, elsewhere] = [join(folder, "out"), join(folder, "elsewhere")];
                mkdirSync(out);
                mkdirSync(elsewhere);
                symlinkSync(elsewhere, join(out, link));

                const files = new Map([
                    ["a.yaml", text("a")],
                    ["wave-1/a.yaml", text("a")],
                ]);
                assert.throws(() => {
                    writeFiles(out, files, { mark: MARK });
                }, UserError);
                assert.equal(existsSync(join(elsewhere, "a.yaml")), false);
            });
        });
    }
});

describe("what the operating system refuses", () => {
    const refused: Readonly<Record<string, (folder: string) => readonly string[]>> = {
        "a folder in which nothing can be made": () => ["--out", "/proc/nothing"],
        "a file in place of the folder": (folder) => {
            writeFileSync(join(folder, "file"), "");
            return ["--out", join(folder, "file")];
        },
    };
    for (const [what, argumentsIn] of Object.entries(refused)) {
        it(`is told as the user's to correct: ${what}`, async () => {
            await withFolder(async (folder) => {
                const { code, stderr } = await start(argumentsIn(folder));

                assert.equal(code, 2, stderr);
                assert.match(stderr, /^E[A-Z]+: .*\. [A-Z].*\.\n$/);
            });
        });
    }

    it("has a way out for a full disk, and none for a bug", () => {
        const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
            code: "ENOSPC",
            syscall: "write",
        });

        assert.match(userMessage(full) ?? "", /Free some space/);
        assert.equal(userMessage(new TypeError("x is not a function")), undefined);
    });

    it("includes the names of stacks that lead out of the project", async () => {
        const { code, stderr } = await start(["../other/x"]);

        assert.deepEqual([code, stderr.split(".")[0]], [2, ""]);
        assert.match(stderr, /is not the name of a stack/);
    });
});
