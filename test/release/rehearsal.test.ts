import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hasPulumi } from "../../tools/release/renderedStack";
import { type Deployed, deploy } from "../support/harness";
import { installedLanguages } from "../support/languages";
import { GitHost } from "./gitHost";
import { OtherProgram } from "./otherProgram";
import { Registry } from "./registry";

const ROOT = join(__dirname, "..", "..");

/** Versions of the rehearsal, which no release has. */
const FIRST = "90.0.0";
const SECOND = "90.1.0";

/** The command of docs/component.md that adds a version to a program in another language. */
function documentedAddition(version: string): string {
    const [command = ""] =
        /^pulumi package add https:.*$/m.exec(readFileSync(join(ROOT, "docs", "component.md"), "utf8")) ?? [];
    return command.replace("<version>", version);
}

// A release as it is made: the command of CONTRIBUTING.md, then what .github/workflows/release.yml does of it, then a reader.
describe("a release, from the tag to a program that has the package installed", () => {
    const folder = mkdtempSync(join(tmpdir(), "keep-release-"));
    const repositories = join(folder, "repositories");
    const origin = join(repositories, "keep-on-pulumi", "keep-on-pulumi.git");
    const checkout = join(folder, "checkout");
    const program = join(folder, "program");
    let registry: Registry;

    function run(cwd: string, command: string, ...args: string[]): string {
        const env = {
            ...process.env,
            CI: "true",
            NPM_CONFIG_USERCONFIG: registry.npmrc,
            // What npm gives to its scripts would take the place of that file.
            npm_config_registry: registry.url,
            GIT_AUTHOR_NAME: "Release",
            GIT_AUTHOR_EMAIL: "release@example.com",
            GIT_COMMITTER_NAME: "Release",
            GIT_COMMITTER_EMAIL: "release@example.com",
            INIT_CWD: undefined,
        };
        return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    }

    /** A clone with the packages of this one. */
    function clone(target: string, ...options: string[]): string {
        run(folder, "git", "clone", "-q", ...options, origin, target);
        symlinkSync(join(ROOT, "node_modules"), join(target, "node_modules"));
        return target;
    }

    /** What the workflow does for a tag; the files of the release are left in the folder `release` of a clone. */
    function publish(version: string): string {
        const tagged = clone(join(folder, version), "--branch", `v${version}`, "-c", "advice.detachedHead=false");
        run(tagged, "npm", "run", "--silent", "release:assets", "--", `v${version}`, "release");
        run(tagged, "npm", "publish", `./release/keep-on-pulumi-${version}.tgz`);
        return join(tagged, "release");
    }

    /** Every resource of the program as it is installed now. */
    async function previewed(): Promise<Deployed<unknown>> {
        const load = createRequire(join(program, "index.ts"));
        for (const file of Object.keys(load.cache).filter((name) => name.startsWith(program))) {
            Reflect.deleteProperty(load.cache, file);
        }
        return await deploy(() => load("./index.ts") as unknown, {
            project: "alerting",
            config: { "keep:publicUrl": "http://keep.localhost" },
            exports: (result) => result as object,
        });
    }

    before(async () => {
        mkdirSync(origin, { recursive: true });
        registry = await Registry.start(folder);
        run(folder, "git", "init", "-q", "--bare", "--initial-branch=main", origin);
        run(ROOT, "git", "push", "-q", origin, "HEAD:refs/heads/main");
        clone(checkout);
    });
    after(() => {
        registry.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    it("is one command: version, changelog and tag are pushed together", () => {
        run(checkout, "npm", "run", "--silent", "release", "--", FIRST, "--ci");

        const show = (file: string) => run(origin, "git", "show", `v${FIRST}:${file}`);
        assert.equal(run(origin, "git", "rev-parse", "main"), run(origin, "git", "rev-parse", `v${FIRST}^{commit}`));
        assert.match(show("package.json"), new RegExp(`"version": "${FIRST}"`));
        assert.match(show("CHANGELOG.md"), new RegExp(`## \\[Unreleased\\]\\n\\n## \\[${FIRST}\\] - \\d{4}-`));
        assert.match(show("test/compatibility/released.json"), new RegExp(`"version": "${FIRST}"`));
        const changed = run(origin, "git", "show", "--name-only", "--format=", `v${FIRST}^{commit}`).split("\n");
        assert.equal(changed.includes("test/release/previous/state.json.gz"), hasPulumi());
        for (const program of ["templates/typescript", "examples/aws"]) {
            assert.match(show(`${program}/package.json`), new RegExp(`"keep-on-pulumi": "\\^${FIRST}"`));
        }
    });

    it("has package, manifests, schemas, bill of materials, checksums and notes beside its tag", () => {
        const release = publish(FIRST);

        assert.deepEqual(readdirSync(release).sort(), [
            "SHA256SUMS",
            `keep-on-pulumi-${FIRST}.tgz`,
            "manifests-dev.tar.gz",
            "manifests-prod.tar.gz",
            "notes.md",
            "pulumi-package.schema.json",
            "sbom.cdx.json",
            "stack.schema.json",
        ]);
        run(release, "sha256sum", "--check", "--quiet", "SHA256SUMS");
        const sbom = JSON.parse(readFileSync(join(release, "sbom.cdx.json"), "utf8")) as {
            components: { name: string }[];
        };
        assert.ok(sbom.components.some(({ name }) => name === "zod"));
        assert.match(run(release, "tar", "-tzf", "manifests-prod.tar.gz"), /prod\/SECRETS.md/);
        assert.match(readFileSync(join(release, "notes.md"), "utf8"), /^### /);
    });

    for (const language of installedLanguages(["python", "yaml"])) {
        it(`is added from the repository by a program in ${language}, which previews a whole Keep`, async () => {
            const home = join(folder, "home");
            const host = await GitHost.start(repositories, folder);
            const example = join(folder, FIRST, "examples", language);
            const other = new OtherProgram(example, join(folder, language), home);

            const output = await other.add(documentedAddition(FIRST), host.env);
            host.stop();

            assert.match(output, /^Added package pulumi\/keep$/m);
            assert.match(other.read("Pulumi.yaml"), new RegExp(`keep: github.com/.*@v?${FIRST}`));
            if (language === "python") {
                assert.match(output, /^ +import pulumi_keep as keep$/m);
                assert.match(other.read("requirements.txt"), /^sdks\/pulumi-keep$/m);
            }
            assert.ok((await other.preview("postgresql://keep:hunter2@db.example.com/keep")) > 40);
            const [plugin = ""] = readdirSync(join(home, "plugins")).filter((name) => name.endsWith(`-v${FIRST}`));
            const packages = readdirSync(join(home, "plugins", plugin, "node_modules"));
            assert.ok(packages.includes("zod"));
            assert.ok(!packages.includes("eslint"));
        });
    }

    for (const [source, target] of [
        ["templates/typescript", program],
        ["examples/typescript", join(folder, "example")],
    ] as const) {
        it(`is installed from the registry by ${source}, and type-checks`, () => {
            cpSync(join(folder, FIRST, source), target, { recursive: true });
            assert.ok(readdirSync(target).length <= 6);

            run(target, "npm", "install", "--silent");

            const installed = join(target, "node_modules", "keep-on-pulumi");
            assert.match(readFileSync(join(installed, "package.json"), "utf8"), new RegExp(`"version": "${FIRST}"`));
            assert.ok(existsSync(join(installed, "docs", "stack.schema.json")));
            run(target, "npx", "tsc");
        });
    }

    it("previews a whole Keep from there, which the next release upgrades without a replacement", async () => {
        const before = await previewed();
        writeFileSync(
            join(checkout, "CHANGELOG.md"),
            readFileSync(join(checkout, "CHANGELOG.md"), "utf8").replace(
                "## [Unreleased]",
                "## [Unreleased]\n\n### Fixed\n\n- Nothing.",
            ),
        );
        run(checkout, "git", "commit", "-qam", "Fix nothing");
        run(checkout, "git", "push", "-q");
        run(checkout, "npm", "run", "--silent", "release", "--", "minor", "--ci");
        publish(SECOND);

        run(program, "npm", "install", "--silent", `keep-on-pulumi@${SECOND}`);
        assert.match(run(program, "npm", "ls", "keep-on-pulumi"), new RegExp(`keep-on-pulumi@${SECOND}`));

        const urns = ({ resources }: Deployed<unknown>) => resources.map(({ urn }) => urn);
        assert.ok(urns(before).length > 30);
        assert.deepEqual(urns(await previewed()), urns(before));
    });
});
