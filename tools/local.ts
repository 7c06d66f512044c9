import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";

import { CLUSTER_TOOLS, type ClusterTool } from "./local/clusters";
import { freePort, Installation, STACK } from "./local/installation";
import { isInstalled, read, run } from "./local/programs";

/** Stack file of the local stack: a copy of Pulumi.dev.yaml that users may edit; git ignores it. */
const STACK_FILE = path.join(__dirname, "..", `Pulumi.${STACK}.yaml`);

const UI_TIMEOUT = 10 * 60_000;

async function up(installation: Installation, interrupt: AbortSignal): Promise<void> {
    const resumes = installation.facts()?.ready === true;
    const port = await cluster(installation, interrupt);
    const url = `http://keep.localhost:${port}`;
    const pulumi = async (...args: string[]) => {
        await run("pulumi", [...args, "--non-interactive"], installation.environment);
        interrupt.throwIfAborted();
    };
    if (!existsSync(STACK_FILE)) copyFileSync(path.join(__dirname, "..", "Pulumi.dev.yaml"), STACK_FILE);
    await pulumi("stack", "select", STACK, "--create");
    // Only this command uses this state, so a lock on it is left over from a killed run.
    if (resumes) await pulumi("cancel", "--yes", "--stack", STACK);
    await pulumi("config", "set", "keep:publicUrl", url, "--stack", STACK);
    await pulumi("up", "--yes", "--skip-preview", "--stack", STACK);
    await answering(port, interrupt);

    const user = await installation.firstUser();
    console.log(`\nKeep is at ${url}`);
    if (user !== undefined) console.log(`Sign in as ${user.username} with ${user.password}`);
    console.log(`kubectl: export KUBECONFIG=${installation.kubeconfig}\nRemove all of it: npm run local -- down`);
}

/** Creates or starts the cluster. Returns the port of its ingress on this machine. */
async function cluster(installation: Installation, interrupt: AbortSignal): Promise<number> {
    const known = installation.facts();
    const tool = await requirements(known?.program);
    const env = installation.environment;
    const exists = await tool.exists(env);
    if (known?.ready === true && exists) {
        await tool.start(env);
        return known.port;
    }
    if (known === undefined && exists) {
        throw new Error(
            "A cluster with this name exists already, and this command has no record of creating it. " +
                `Nothing was changed. If it is not needed, remove it and run the command again: ${tool.removal}`,
        );
    }
    // A killed run, or a removed cluster, can leave parts behind.
    if (known !== undefined) await tool.remove(env);
    const port = await freePort();
    installation.begin({ program: tool.program, port });
    forgetSalt();
    try {
        await tool.create({ folder: installation.folder, kubeconfig: installation.kubeconfig, port }, env);
        interrupt.throwIfAborted();
        await tool.installIngress(env);
        interrupt.throwIfAborted();
    } catch (error) {
        // If this fails too, the record stays, and `down` can remove the cluster.
        await tool.remove(env);
        installation.remove();
        throw error;
    }
    installation.finish({ program: tool.program, port });
    return port;
}

/** If the stack file is older than the installation, the passphrase that its salt belongs to no longer exists. */
function forgetSalt(): void {
    if (!existsSync(STACK_FILE)) return;
    writeFileSync(STACK_FILE, readFileSync(STACK_FILE, "utf8").replace(/^encryptionsalt:.*\n?/m, ""));
}

async function down(installation: Installation): Promise<void> {
    const known = installation.facts();
    const tool = CLUSTER_TOOLS.find(({ program }) => program === known?.program);
    if (tool === undefined) {
        console.log("There is no local Keep.");
        return;
    }
    // Removing the cluster removes everything in it, so `pulumi destroy` is not needed.
    await tool.remove(installation.environment);
    installation.remove();
    rmSync(STACK_FILE, { force: true });
    console.log("Removed the local Keep with its cluster and data.");
}

/**
 * The tool that creates the cluster.
 * @throws Error that lists all missing programs, before anything is created
 */
async function requirements(program: string | undefined): Promise<ClusterTool> {
    const missing: string[] = [];
    if (!isInstalled("docker")) {
        missing.push("Docker: https://docs.docker.com/get-docker/");
    } else if (!(await read("docker", ["info", "--format", "{{.ServerVersion}}"]).then(Boolean, () => false))) {
        missing.push("a running Docker: start Docker Desktop or the docker service");
    }
    const tool = CLUSTER_TOOLS.find(
        (one) => (program === undefined || one.program === program) && isInstalled(one.program),
    );
    if (tool === undefined)
        missing.push(
            `${program ?? "kind (or k3d, or minikube)"}: https://kind.sigs.k8s.io/docs/user/quick-start/#installation`,
        );
    if (!isInstalled("pulumi"))
        missing.push("the Pulumi CLI: npm install --global pulumi, or https://www.pulumi.com/docs/install/");
    if (tool === undefined || missing.length > 0) {
        throw new Error(
            `Some programs are missing. Nothing was created. Install:\n${missing.map((one) => `  - ${one}`).join("\n")}`,
        );
    }
    return tool;
}

/**
 * Waits until the user interface answers. Connects to 127.0.0.1, because not every resolver resolves names below
 * localhost.
 */
async function answering(port: number, interrupt: AbortSignal): Promise<void> {
    const deadline = Date.now() + UI_TIMEOUT;
    console.log("Waiting for the user interface…");
    while (Date.now() < deadline) {
        const status = await new Promise<number>((resolve) => {
            const request = get(
                { host: "127.0.0.1", port, path: "/signin", headers: { host: `keep.localhost:${port}` } },
                (answer) => {
                    answer.resume();
                    resolve(answer.statusCode ?? 0);
                },
            );
            request.on("error", () => {
                resolve(0);
            });
        });
        if (status >= 200 && status < 400) return;
        await new Promise((resolve) => setTimeout(resolve, 1000));
        interrupt.throwIfAborted();
    }
    throw new Error(
        `Keep is deployed, but its user interface did not answer for ${UI_TIMEOUT / 60_000} minutes: look at its pods.`,
    );
}

async function main(): Promise<void> {
    const [command = "up", ...rest] = process.argv.slice(2);
    const commands: Readonly<Record<string, typeof up>> = { up, down };
    const isHelp = command === "--help" || command === "-h";
    const chosen = rest.length === 0 && Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (chosen === undefined) {
        console.error(
            "npm run local            starts Keep in a cluster on this machine\nnpm run local -- down    removes it",
        );
        process.exitCode = isHelp ? 0 : 2;
        return;
    }
    // Ctrl-C also reaches the child process, and this process waits until the child exits. A second Ctrl-C stops both
    // immediately.
    const interrupt = new AbortController();
    process.once("SIGINT", () => {
        interrupt.abort(new Error("Interrupted."));
    });
    const installation = new Installation();
    try {
        await chosen(installation, interrupt.signal);
    } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        if (installation.facts() !== undefined) {
            console.error("To continue, run npm run local. To remove the installation, run npm run local -- down.");
        }
        process.exitCode = interrupt.signal.aborted ? 130 : 1;
    }
}

void main();
