import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { withFolder } from "./preview/support";

const TOOLS = join(__dirname, "..", "..", "tools");

/** Evaluates an expression over tools/dependencies.mjs in a process of its own, which prints it as JSON. */
function evaluate(expression: string, environment: Record<string, string> = {}) {
    const module = JSON.stringify(pathToFileURL(join(TOOLS, "dependencies.mjs")).href);
    const program = `import(${module}).then(it => console.log(JSON.stringify(${expression})))`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
        encoding: "utf8",
        env: { ...process.env, ...environment },
    });
    return { stdout, stderr, value: JSON.parse(stdout.split("\n").at(-2) ?? "") as unknown };
}

describe("npm start, before anything is installed", () => {
    it("knows the Node versions that package.json wants", () => {
        const { engines } = JSON.parse(readFileSync(join(TOOLS, "..", "package.json"), "utf8")) as {
            engines: { node: string };
        };
        const supported = (...versions: string[]) =>
            evaluate(
                `${JSON.stringify(versions)}.map(version => it.isSupported(${JSON.stringify(engines.node)}, version))`,
            );

        assert.deepEqual(supported("18.20.0", "20.18.9", "20.19.0", "21.9.0", "22.11.0", "22.12.0", "23.0.0").value, [
            ...[false, false, false, false],
            ...[false, true, true],
        ]);
    });

    it("installs what is missing or differs from package-lock.json, and nothing else", async () => {
        await withFolder((root) => {
            const lock = (...versions: string[]) => ({
                packages: Object.fromEntries([
                    ["", { version: "0" }],
                    ...versions.map((version, index) => [`node_modules/p${index}`, { version }]),
                    ["node_modules/elsewhere", { version: "1", optional: true }],
                ]) as object,
            });
            const project = (name: string, installed?: object) => {
                const folder = join(root, name);
                mkdirSync(join(folder, "node_modules"), { recursive: true });
                writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock("1", "2")));
                if (installed !== undefined) {
                    writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify(installed));
                }
                return folder;
            };
            const folders = [
                project("nothing"),
                project("same", { packages: lock("1", "2").packages }),
                project("other", { packages: lock("1", "3").packages }),
                project("without-dev", { packages: { "node_modules/p0": { version: "1" } } }),
            ];

            const linked = project("linked", { packages: {} });
            renameSync(join(linked, "node_modules"), join(root, "elsewhere"));
            symlinkSync(join(root, "elsewhere"), join(linked, "node_modules"), "junction");
            const dangling = project("dangling");
            rmdirSync(join(dangling, "node_modules"));
            symlinkSync(join(root, "nowhere"), join(dangling, "node_modules"), "junction");
            folders.push(linked, dangling);

            assert.deepEqual(evaluate(`${JSON.stringify(folders)}.map(it.isStale)`).value, [
                ...[true, false, true, true],
                ...[false, true],
            ]);
        });
    });

    it("installs with npm ci, visibly, and keeps stdout clean", async () => {
        await withFolder((root) => {
            const npm = join(root, "npm.js");
            writeFileSync(npm, "console.log(process.argv.slice(2).join(' ')); process.exitCode = 1;");

            const { stdout, stderr, value } = evaluate(`it.install(${JSON.stringify(root)})`, { npm_execpath: npm });

            assert.match(stderr, /^Installing dependencies \(npm ci\).*\nci --include=dev /);
            assert.equal(stdout, "false\n");
            assert.equal(value, false);
        });
    });

    it("installs with the npm of the PATH when another package manager has started it", async () => {
        await withFolder((root) => {
            const yarn = join(root, "yarn.js");
            writeFileSync(yarn, "console.log('yarn');");
            const npm = join(root, "npm");
            writeFileSync(npm, "#!/bin/sh\necho npm $1\n", { mode: 0o755 });

            const { stderr, value } = evaluate(`it.install(${JSON.stringify(root)})`, {
                npm_execpath: yarn,
                PATH: `${root}:${process.env.PATH ?? ""}`,
            });

            assert.match(stderr, /\nnpm ci\n$/);
            assert.equal(value, true);
        });
    });
});

describe("npm start", () => {
    it("previews this project's stacks", async () => {
        await withFolder((out) => {
            const { status, stdout, stderr } = spawnSync(
                process.execPath,
                [join(TOOLS, "start.mjs"), "dev", "--out", out],
                {
                    encoding: "utf8",
                },
            );

            assert.equal(stderr, "");
            assert.match(stdout, /^keep Keep\n/);
            assert.match(stdout, /frontendUrl +http:\/\/keep\.localhost\n/);
            assert.equal(status, 0);
        });
    });
});
