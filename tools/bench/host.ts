import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readStack } from "../preview/stackFile";
import { type Engine, startEngine } from "./engine.mjs";
import { type Cost, run } from "./process";
import { type Measured, compare } from "./table";

const root = join(__dirname, "..", "..");
const single = join(__dirname, "single");
const host = require.resolve("@pulumi/pulumi/cmd/run");

/** Environment that Pulumi's Node host sets for a TypeScript program without runtime options in Pulumi.yaml. */
const TYPESCRIPT = { PULUMI_NODEJS_TYPESCRIPT: "true" };

/**
 * Measures the process that `pulumi preview` starts for this program, and for a program of one file for comparison:
 * with a fake engine, and with the real engine if the Pulumi CLI is on the PATH.
 */
export async function compareHosts(times: number): Promise<void> {
    process.stdout.write("\nThe process that runs the program in a preview\n");
    await compare(
        [
            ["(e) one file with 20 ConfigMaps", () => preview(single, "index.ts", TYPESCRIPT)],
            [
                "(f) the same without type check",
                () => preview(single, "index.ts", { ...TYPESCRIPT, PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
            ],
            ["(g) this program, stack dev", () => preview(root, "program.cjs")],
        ],
        "(e)",
        times,
    );
    if (spawnSync("pulumi", ["version"]).status !== 0) {
        process.stdout.write("\nNo Pulumi CLI on the PATH: `pulumi preview` itself is not measured.\n");
        return;
    }
    process.stdout.write("\nAll of Node in `pulumi preview`\n");
    const folder = mkdtempSync(join(tmpdir(), "keep-bench-"));
    try {
        await compare(realPreviews(folder), "(h)", times);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Arguments that Pulumi's host passes to Node for a preview of the stack `dev`. */
export function hostArguments({ address }: Engine, folder: string, entry: string): string[] {
    const names = ["--project", "keep", "--stack", "dev", "--organization", "organization"];
    const folders = ["--root-directory", folder, "--pwd", folder];
    return [
        host,
        "--monitor",
        address,
        "--engine",
        address,
        ...names,
        ...folders,
        "--parallel",
        "16",
        "--dry-run",
        entry,
    ];
}

async function preview(
    folder: string,
    entry: string,
    environment: Readonly<Record<string, string>> = {},
): Promise<Cost> {
    const { config } = readStack(root, "dev");
    const engine = await startEngine();
    try {
        const { cost } = await run(process.execPath, hostArguments(engine, folder, entry), {
            environment: { ...environment, PULUMI_CONFIG: JSON.stringify(config), PULUMI_CONFIG_SECRET_KEYS: "[]" },
        });
        if (engine.resources.length < 20) {
            throw new Error(
                `${join(folder, entry)} created ${engine.resources.length} resources:\n${engine.logs.join("\n")}`,
            );
        }
        return cost;
    } finally {
        engine.stop();
    }
}

/** Previews of copies of both programs, with a state in `folder`. */
function realPreviews(folder: string): readonly Measured[] {
    const environment = {
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "of no worth",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        KUBECONFIG: join(folder, "none"),
    };
    mkdirSync(join(folder, "state"));
    const programs: Readonly<Record<string, string>> = { single, keep: root };
    for (const [name, source] of Object.entries(programs)) {
        cpSync(source, join(folder, name), { recursive: true, filter: (file) => !/node_modules|\.git$/.test(file) });
        symlinkSync(join(root, "node_modules"), join(folder, name, "node_modules"));
    }
    writeFileSync(join(folder, "single", "package.json"), '{ "name": "single", "main": "index.ts" }');
    writeFileSync(join(folder, "single", "Pulumi.yaml"), "name: single\nruntime: nodejs\n");
    const measured = (name: string) => async (): Promise<Cost> => {
        const options = { cwd: join(folder, name), environment };
        await run("pulumi", ["stack", "select", "--create", "dev"], options);
        return (await run("pulumi", ["preview", "--non-interactive"], options)).cost;
    };
    return [
        ["(h) one file with 20 ConfigMaps", measured("single")],
        ["(i) this program, stack dev", measured("keep")],
    ];
}
