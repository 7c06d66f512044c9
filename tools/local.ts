import { copyFileSync, existsSync, rmSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";

import * as z from "zod";

import { CLUSTER_TOOLS, type ClusterTool } from "./local/clusters";
import { freePort, Installation } from "./local/installation";
import { isInstalled, read, run } from "./local/programs";

const STACK = "local";

/** Settings of the local stack: the dev stack's, in a file that git ignores and that one may edit. */
const STACK_FILE = path.join(__dirname, "..", `Pulumi.${STACK}.yaml`);

const UI_TIMEOUT = 10 * 60_000;

const firstUser = z.object({ username: z.string(), password: z.string() });

async function up(installation: Installation): Promise<void> {
    const known = installation.facts();
    const tool = await requirements(known?.program);
    const port = known?.port ?? (await freePort());
    if (known === undefined) {
        installation.begin({ program: tool.program, port });
        try {
            await tool.create(installation.folder, port, installation.kubeconfig);
            await tool.installIngress();
        } catch (error) {
            await tool.remove().catch(() => undefined);
            installation.remove();
            throw error;
        }
    }
    const url = `http://keep.localhost:${port}`;
    const pulumi = async (...args: string[]) => {
        await run("pulumi", [...args, "--stack", STACK, "--non-interactive"], installation.environment);
    };
    if (!existsSync(STACK_FILE)) copyFileSync(path.join(__dirname, "..", "Pulumi.dev.yaml"), STACK_FILE);
    await run("pulumi", ["stack", "select", STACK, "--create", "--non-interactive"], installation.environment);
    await pulumi("config", "set", "keep:publicUrl", url);
    await pulumi("up", "--yes", "--skip-preview");
    await answering(port);

    const output = await read(
        "pulumi",
        ["stack", "output", "firstUser", "--show-secrets", "--json", "--stack", STACK],
        installation.environment,
    );
    const user = firstUser.safeParse(JSON.parse(output));
    console.log(`\nKeep is at ${url}`);
    if (user.success) console.log(`Sign in as ${user.data.username} with ${user.data.password}`);
    console.log(`kubectl: export KUBECONFIG=${installation.kubeconfig}\nRemove all of it: npm run local -- down`);
}

async function down(installation: Installation): Promise<void> {
    const known = installation.facts();
    const tool = CLUSTER_TOOLS.find(({ program }) => program === known?.program);
    if (tool === undefined) {
        console.log("There is no local Keep.");
        return;
    }
    // With the cluster goes all that is in it: nothing is left for Pulumi to destroy.
    await tool.remove();
    installation.remove();
    rmSync(STACK_FILE, { force: true });
    console.log("The local Keep, its cluster and its data are gone.");
}

/** Finds what is needed, or says all that is missing at once, before anything is made. */
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
    if (!isInstalled("pulumi")) missing.push("the Pulumi CLI: https://www.pulumi.com/docs/install/");
    if (tool === undefined || missing.length > 0) {
        throw new Error(
            `A local Keep needs what is not here yet; nothing was made. Please install\n${missing.map((one) => `  - ${one}`).join("\n")}`,
        );
    }
    return tool;
}

/** Waits until the user interface answers. The address is given by hand: not every resolver knows names below localhost. */
async function answering(port: number): Promise<void> {
    const deadline = Date.now() + UI_TIMEOUT;
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
    }
    throw new Error(
        `Keep is deployed, but its user interface did not answer for ${UI_TIMEOUT / 60_000} minutes: look at its pods.`,
    );
}

const [command = "up", ...rest] = process.argv.slice(2);
const commands: Readonly<Record<string, (installation: Installation) => Promise<void>>> = { up, down };
const chosen = rest.length === 0 ? commands[command] : undefined;
if (chosen === undefined) {
    console.error(
        "npm run local            starts Keep in a cluster on this machine\nnpm run local -- down    removes it",
    );
    process.exitCode = 2;
} else {
    chosen(new Installation()).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    });
}
