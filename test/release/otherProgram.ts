import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { parse, stringify } from "yaml";

const run = promisify(execFile);

/** A program in another language that has not added the package yet, with a Pulumi of its own: its plugins, state and cluster. */
export class OtherProgram {
    private readonly env: NodeJS.ProcessEnv;

    /** Copies an example into `folder`, without what its project says of the package. */
    constructor(
        example: string,
        private readonly folder: string,
        home: string,
    ) {
        cpSync(example, folder, { recursive: true });
        const project = parse(this.read("Pulumi.yaml")) as object;
        writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, packages: undefined }));
        this.env = {
            ...process.env,
            // npm gives its scripts the folder that it was called in, and tools/build.mjs asks for it.
            INIT_CWD: undefined,
            KUBECONFIG: join(home, "no-cluster"),
            PULUMI_BACKEND_URL: `file://${folder}`,
            PULUMI_CONFIG_PASSPHRASE: "rehearsal",
            PULUMI_HOME: home,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            npm_config_prefer_offline: "true",
        };
        takePlugins(home);
    }

    /** Runs the command of docs/component.md by which a program adds a released version; gives what it prints. */
    public async add(command: string, env: Readonly<Record<string, string>>): Promise<string> {
        const [program = "", ...args] = command.split(" ");
        const { stdout, stderr } = await run(program, args, { cwd: this.folder, env: { ...this.env, ...env } });
        return `${stdout}${stderr}`;
    }

    /** Previews a new stack; gives how many resources it would create. */
    public async preview(databaseUrl: string): Promise<number> {
        const options = { cwd: this.folder, env: this.env, maxBuffer: 64 * 1024 * 1024 };
        await run("pulumi", ["stack", "init", "rehearsal"], options);
        await run("pulumi", ["config", "set", "--secret", "databaseUrl", databaseUrl], options);
        const { stdout } = await run("pulumi", ["preview", "--non-interactive", "--json"], options);
        return (JSON.parse(stdout) as { changeSummary: { create: number } }).changeSummary.create;
    }

    /** Text of one of its files. */
    public read(file: string): string {
        return readFileSync(join(this.folder, file), "utf8");
    }
}

/** The engine finds its plugins below its own home: those that this machine has already are not fetched again. */
function takePlugins(home: string): void {
    const installed = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
    mkdirSync(join(home, "plugins"), { recursive: true });
    for (const plugin of existsSync(installed) ? readdirSync(installed) : []) {
        const link = join(home, "plugins", plugin);
        rmSync(link, { force: true });
        symlinkSync(join(installed, plugin), link);
    }
}
