import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { RecordedResource } from "../tools/inProcess/recordedResource";
import { type Deployed, deploy } from "./support/harness";

const root = join(__dirname, "..");
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
};
const PLATFORM = {
    kubeconfig: "the platform's kubeconfig",
    databaseUrls: {
        payments: "postgresql+psycopg2://keep:hunter2@db/payments",
        search: "postgresql+psycopg2://keep:hunter3@db/search",
    },
};

/** The example program in a folder of its own, with the package as `npm pack` makes it, and with nothing that it does not ask for. */
function consumer(): string {
    const folder = mkdtempSync(join(tmpdir(), "keep-consumer-"));
    const modules = join(folder, "node_modules");
    cpSync(join(root, "examples", "typescript"), folder, { recursive: true });
    mkdirSync(modules);
    for (const name of [...Object.keys(dependencies), "@types/node"]) {
        mkdirSync(dirname(join(modules, name)), { recursive: true });
        symlinkSync(join(root, "node_modules", name), join(modules, name));
    }
    const pack = ["pack", "--json", "--pack-destination", folder];
    const [packed] = JSON.parse(execFileSync("npm", pack, { cwd: root, encoding: "utf8", stdio: "pipe" })) as {
        filename: string;
    }[];
    execFileSync("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", modules]);
    cpSync(join(modules, "package"), join(modules, "keep-on-pulumi"), { recursive: true });
    return folder;
}

describe("a program that imports the package", () => {
    let folder: string;
    let program: Deployed<unknown>;
    before(async function () {
        this.timeout(300_000);
        folder = consumer();
        program = await deploy(() => createRequire(join(folder, "index.ts"))("./index.ts") as unknown, {
            project: "alerting",
            config: { "alerting:platform": "acme/platform/prod" },
            references: { "acme/platform/prod": PLATFORM },
            exports: (result) => result as object,
        });
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("type-checks, with kinds as unions", () => {
        const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");
        const check = () => execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });

        assert.doesNotThrow(check);
    });

    it("makes a Keep for each team, side by side", () => {
        const { outputs, all } = program;
        const namespaces = all("Deployment").map(({ inputs }) => inputs.metadata.namespace);

        assert.deepEqual(outputs.plain.addresses, {
            payments: "https://payments.alerts.example.com",
            search: "https://search.alerts.example.com",
        });
        assert.deepEqual([...new Set(namespaces)].sort(), ["payments", "search"]);
    });

    it("hands its provider to every object", () => {
        const objects = program.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        const others = objects.filter(({ provider }) => !provider.includes("::pulumi:providers:kubernetes::cluster::"));

        assert.ok(objects.length > 50);
        assert.deepEqual(
            others.map(({ urn }) => urn),
            [],
        );
    });

    it("keeps another stack's secrets secret", () => {
        const secret = program.one("Secret", "payments-database");
        const seen = JSON.stringify(program.resources.map(({ maskedInputs }: RecordedResource) => maskedInputs));

        assert.ok(secret.secretPaths.size > 0);
        assert.ok(!seen.includes("hunter"));
    });
});
