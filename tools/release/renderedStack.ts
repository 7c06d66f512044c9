import { execFileSync, spawnSync } from "node:child_process";
import {
    copyFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const STACK = "medium";
const FILE = `Pulumi.${STACK}.yaml`;
const STATE = "state.json.gz";
/** Of a state whose secrets are random and used nowhere. */
const PASSPHRASE = "rehearsal";
/** What the engine needs of the repository. */
const PROGRAM = ["Pulumi.yaml", "components", "index.ts", "package.json", "program.cjs", "tools"];

/** Folder with the file of a stack, and with the state that the last release made of it, in the form of `pulumi stack export`. */
const PREVIOUS = join("test", "release", "previous");

/** Records the state of the stack as this version deploys it; without the Pulumi CLI it stays that of an earlier version. */
export function recordState(root: string): void {
    if (!hasPulumi()) {
        console.error(`There is no pulumi on the PATH, so ${PREVIOUS} keeps the state of an earlier version.`);
        return;
    }
    const stack = new RenderedStack(root);
    try {
        stack.record();
    } finally {
        stack.remove();
    }
}

/** Whether the Pulumi CLI is on the PATH. */
export function hasPulumi(): boolean {
    return spawnSync("pulumi", ["version"]).status === 0;
}

/** The stack of `test/release/previous`, run by Pulumi's engine without a cluster: the provider renders manifests to files. */
export class RenderedStack {
    private readonly folder = mkdtempSync(join(tmpdir(), "keep-rendered-"));
    private readonly project = join(this.folder, "project");

    /** Copies the program, and creates the stack without any resource. */
    constructor(private readonly root: string) {
        mkdirSync(this.project);
        for (const part of PROGRAM) {
            cpSync(join(root, part), join(this.project, part), { recursive: true });
        }
        symlinkSync(join(root, "node_modules"), join(this.project, "node_modules"));
        copyFileSync(join(root, PREVIOUS, FILE), join(this.project, FILE));
        this.pulumi("stack", "init", STACK);
    }

    /** Runs a Pulumi command on the stack; gives what it prints. */
    public pulumi(...args: string[]): string {
        const env = {
            ...process.env,
            PULUMI_BACKEND_URL: `file://${this.folder}`,
            PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
        const options = [...args, "--non-interactive", "-C", this.project];
        return execFileSync("pulumi", options, {
            env,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
            maxBuffer: 1e8,
        });
    }

    /** Gives the stack the recorded state. */
    public importState(change: (state: string) => string = (state) => state): void {
        const file = join(this.folder, "state.json");
        const state = gunzipSync(readFileSync(join(this.root, PREVIOUS, STATE))).toString();
        writeFileSync(file, change(state));
        this.pulumi("stack", "import", "-s", STACK, "--file", file);
    }

    /** Deploys the stack, and records its state for the tests of the next version. */
    public record(): void {
        this.pulumi("up", "-s", STACK, "--yes", "--skip-preview");
        writeFileSync(join(this.root, PREVIOUS, STATE), gzipSync(this.pulumi("stack", "export", "-s", STACK)));
        copyFileSync(join(this.project, FILE), join(this.root, PREVIOUS, FILE));
    }

    /** Removes its files. */
    public remove(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}
