import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

import { parse, stringify } from "yaml";

import { secretKeys } from "../../../components/secrets/settings";
import { testCluster } from "../../cluster/connection";
import type { Settings } from "../../cluster/release";
import { root } from "../../docs/pages";

/** Parts of the repository that a clone does not have. */
const NOT_CLONED = ["node_modules", "dist", "coverage", ".git", ".preview"];

/** How long one block may take; what waits for something that never comes shall not stop the suite. */
const PATIENCE = 170_000;

/** A person with a clone, a home folder, a cluster and a terminal. */
export class Reader {
    readonly project: string;

    private constructor(private readonly home: string) {
        this.project = path.join(home, "keep-on-pulumi");
    }

    /** Clones the repository, as it stands, into a new home. */
    static async arrive(chart: readonly object[]): Promise<Reader> {
        const reader = new Reader(mkdtempSync(path.join(tmpdir(), "keep-reader-")));
        reader.furnish(chart);
        await reader.run(
            'git init -q -b main && echo node_modules >> .git/info/exclude && git add -A && git commit -q -m "As it stands"',
        );
        return reader;
    }

    /** Types something into a terminal, in the project's folder. Throws with all that was printed when it fails. */
    async run(commands: string): Promise<void> {
        const child = spawn("bash", ["-euo", "pipefail", "-c", commands], {
            cwd: this.project,
            env: this.environment(),
            stdio: ["ignore", "pipe", "pipe"],
            timeout: PATIENCE,
        });
        let printed = "";
        const keep = (text: string) => (printed += text);
        child.stdout.setEncoding("utf8").on("data", keep);
        child.stderr.setEncoding("utf8").on("data", keep);
        const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
            child.once("error", reject).once("close", (...end) => {
                resolve(end);
            });
        });
        if (code !== 0)
            throw new Error(`${commands}\n\nended with ${String(code ?? signal)}, and printed:\n${printed}`);
    }

    /** Puts settings into a stack file, each in place of what it had for the key. */
    write(stackFile: string, settings: Settings): void {
        const file = path.join(this.project, stackFile);
        const { config, ...rest } = this.stackFile(file);
        writeFileSync(file, stringify({ ...rest, config: { ...config, ...settings } }));
    }

    /** Removes the home with everything in it, the states too. */
    leave(): void {
        rmSync(this.home, { recursive: true, force: true });
    }

    private stackFile(file: string): { config?: Settings } {
        try {
            return parse(readFileSync(file, "utf8")) as { config?: Settings };
        } catch {
            return {};
        }
    }

    private furnish(chart: readonly object[]): void {
        cpSync(root, this.project, {
            recursive: true,
            filter: (source) => !NOT_CLONED.includes(path.basename(source)),
        });
        symlinkSync(path.join(root, "node_modules"), path.join(this.project, "node_modules"));
        // The engine finds its plugins below its own folder in the home.
        const plugins = path.join(process.env.PULUMI_HOME ?? path.join(homedir(), ".pulumi"), "plugins");
        mkdirSync(plugins, { recursive: true });
        mkdirSync(path.join(this.home, ".pulumi"));
        symlinkSync(plugins, path.join(this.home, ".pulumi", "plugins"));
        mkdirSync(path.join(this.home, "answers"));
        for (const [key, { example }] of Object.entries(secretKeys)) {
            writeFileSync(path.join(this.home, "answers", key), example);
        }
        mkdirSync(path.join(this.home, "chart", "templates"), { recursive: true });
        const about = { apiVersion: "v2", name: "keep", version: "0.1.93" };
        writeFileSync(path.join(this.home, "chart", "Chart.yaml"), stringify(about));
        const manifests = chart.map((object) => stringify(object)).join("---\n");
        writeFileSync(path.join(this.home, "chart", "templates", "all.yaml"), manifests);
    }

    private environment(): NodeJS.ProcessEnv {
        const { PATH = "" } = process.env;
        const person = { NAME: "Reader", EMAIL: "reader@example.com" };
        return {
            ...process.env,
            GIT_AUTHOR_NAME: person.NAME,
            GIT_AUTHOR_EMAIL: person.EMAIL,
            GIT_COMMITTER_NAME: person.NAME,
            GIT_COMMITTER_EMAIL: person.EMAIL,
            HOME: this.home,
            KUBECONFIG: testCluster().kubeconfig,
            PATH: `${path.join(__dirname, "bin")}:${PATH}`,
            PULUMI_BACKEND_URL: undefined,
            PULUMI_CONFIG_PASSPHRASE: "of no worth",
            PULUMI_HOME: path.join(this.home, ".pulumi"),
            // Nobody is there to say yes.
            PULUMI_SKIP_CONFIRMATIONS: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            READER_ANSWERS: path.join(this.home, "answers"),
            READER_CHART: path.join(this.home, "chart"),
            READER_MODULES: path.join(root, "node_modules"),
            READER_PATH: PATH,
            READER_PROJECT: this.project,
        };
    }
}
