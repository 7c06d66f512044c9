import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { KUBERNETES_MINORS } from "../cluster/control-plane/build";
import { builtTool, cacheFolder } from "../cluster/goModules";
import { CHART_VARIABLE, HELM_VARIABLE } from "./support/chart";
import { PREVIOUS, PREVIOUS_VARIABLE } from "./images/previous";
import { imageStore } from "./images/store";
import { RECORD_VARIABLE } from "./support/record";
import { startTests } from "./tests";
import { buildPrograms } from "./cluster/build";
import { type Inside, INSIDE_VARIABLE } from "./cluster/inside";
import { HAS_IPV6, IPV6_VARIABLE } from "./cluster/node";
import { whatIsMissing } from "./cluster/requirements";

/** Where each run keeps its files, by the id of the process that owns it: on a disk, since overlays cannot stand on all else. */
const RUNS = path.join(cacheFolder("pods"), "runs");

/** What the control groups of a run's nodes are called, up to that id and the number of the node. */
const CGROUP = "keep-pods-";

const USAGE = `npm run test:pods -- [options] [options of mocha]
  --kubernetes <minor>    of control plane and nodes, one of ${KUBERNETES_MINORS.join(", ")}; built from Go modules on first use
  --ipv6                  nodes, pods and Services without IPv4: for test/pods/slow/families.test.ts
  --use-current-cluster   the current context of KUBECONFIG instead of nodes of our own: its images are the published ones
  --all                   the scenarios of test/pods/slow, too, for more than an hour; or name one of its files
  --record                keeps what the faults cost, for docs/reliability.md
  --chart <folder>        measures Keep's Helm chart, too: charts/keep of https://github.com/keephq/helm-charts
  --keep <folder>         also upgrades Keep ${PREVIOUS}: a clone of https://github.com/keephq/keep; needed once
  --build                 only build what is not in the cache yet
  --hold                  start, print how to reach the cluster and wait for Ctrl-C, without any test
  --check                 only say what is missing to run nodes here, and fail if anything is`;

interface Options {
    readonly minor: string;
    readonly chart: string | undefined;
    readonly keep: string | undefined;
    readonly flags: ReadonlySet<string>;
    readonly mocha: readonly string[];
}

function readOptions(args: readonly string[]): Options {
    const rest = [...args];
    // Takes an option and its value out of what is left for mocha.
    const take = (option: string): string | undefined => {
        const at = rest.indexOf(option);
        return at < 0 ? undefined : (rest.splice(at, 2)[1] ?? "");
    };
    const minor = take("--kubernetes") ?? KUBERNETES_MINORS[0] ?? "";
    if (!KUBERNETES_MINORS.includes(minor)) {
        throw new Error(`--kubernetes ${minor}: there are modules for ${KUBERNETES_MINORS.join(", ")} only.`);
    }
    const chart = take("--chart");
    const keep = take("--keep");
    const flags = new Set(
        ["--help", "--ipv6", "--use-current-cluster", "--build", "--hold", "--check", "--record"].filter((flag) =>
            rest.includes(flag),
        ),
    );
    return { minor, chart, keep, flags, mocha: rest.filter((word) => !flags.has(word)) };
}

async function main({ minor, chart, keep, flags, mocha }: Options): Promise<number> {
    if (flags.has("--help")) {
        console.log(USAGE);
        return 0;
    }
    if (flags.has("--use-current-cluster")) {
        return await exitOf(startTests(process.env.KUBECONFIG ?? path.join(homedir(), ".kube", "config"), mocha));
    }
    const missing = whatIsMissing();
    if (missing !== undefined) throw new Error(missing);
    if (flags.has("--check")) return 0;
    if (flags.has("--ipv6")) {
        if (!HAS_IPV6) throw new Error("--ipv6: this machine has no IPv6.");
        process.env[IPV6_VARIABLE] = "1";
    }
    if (flags.has("--record")) process.env[RECORD_VARIABLE] = "1";
    if (chart !== undefined) {
        process.env[CHART_VARIABLE] = path.resolve(chart);
        process.env[HELM_VARIABLE] = await builtTool({
            name: "helm",
            module: "helm",
            package: "helm.sh/helm/v4/cmd/helm",
        });
    }
    process.env.PATH = `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;
    const { inImages, ...programs } = await timed("Programs", () => buildPrograms(minor));
    const { store, hasPrevious } = await timed("Images", () => imageStore(inImages, keep));
    if (hasPrevious) process.env[PREVIOUS_VARIABLE] = PREVIOUS;
    return flags.has("--build") ? 0 : await runInside({ ...programs, images: store, hold: flags.has("--hold"), mocha });
}

/** What is made, and a line with how long that took. */
async function timed<Made>(what: string, make: () => Promise<Made>): Promise<Made> {
    const started = Date.now();
    const made = await make();
    console.log(`${what} are there after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return made;
}

/** Runs the cluster and its tests in namespaces of their own, and removes what is left of them on this machine. */
async function runInside(parts: Omit<Inside, "folder" | "cgroup" | "nodes">): Promise<number> {
    removeLeftovers();
    const folder = path.join(RUNS, process.pid.toString());
    const cgroup = `${CGROUP}${process.pid}`;
    mkdirSync(folder, { recursive: true });
    const nodes = 2;
    const inside: Inside = { ...parts, folder, cgroup, nodes };
    const tsx = ["--import", require.resolve("tsx")];
    const command = [process.execPath, ...tsx, path.join(__dirname, "cluster", "inside.ts")];
    const namespaces = [
        "--net",
        "--mount",
        "--pid",
        "--uts",
        "--ipc",
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
    ];
    try {
        // However this process ends, the kernel ends that one, and with it whatever runs in its namespaces.
        const death = ["--pdeathsig", "KILL", "--"];
        const machine = [path.join(__dirname, "cluster", "machine.sh"), nodes.toString(), folder];
        const child = spawn("setpriv", [...death, "unshare", ...namespaces, "--", ...machine, ...command], {
            stdio: "inherit",
            env: { ...process.env, [INSIDE_VARIABLE]: JSON.stringify(inside), TMPDIR: folder },
        });
        return await exitOf(child);
    } finally {
        removeRun(process.pid);
    }
}

/** Removes what runs have left that were killed: their processes ended with them. */
function removeLeftovers(): void {
    const isAlive = (name: string) => existsSync(path.join("/proc", name));
    for (const name of namesIn(RUNS).filter((found) => !isAlive(found))) removeRun(Number(name));
}

/** Removes the files of a run, and its nodes' control groups, which are empty once their processes have ended. */
function removeRun(pid: number): void {
    rmSync(path.join(RUNS, pid.toString()), { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    const root = "/sys/fs/cgroup";
    const removeTree = (folder: string) => {
        for (const entry of readdirSync(folder, { withFileTypes: true })) {
            if (entry.isDirectory()) removeTree(path.join(folder, entry.name));
        }
        rmdirSync(folder);
    };
    for (const parent of [root, ...readdirSync(root).map((name) => path.join(root, name))]) {
        const names = namesIn(parent).filter((name) => name.startsWith(`${CGROUP}${pid}-`));
        for (const name of names) removeTree(path.join(parent, name));
    }
}

function namesIn(folder: string): readonly string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

/** Waits for a process and returns its exit code; a signal to this one ends that one, and with `unshare` all that it has started. */
async function exitOf(child: ChildProcess): Promise<number> {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => child.kill("SIGKILL"));
    return await new Promise((resolve, reject) => {
        child.once("error", reject).once("close", (code) => {
            resolve(code ?? 1);
        });
    });
}

main(readOptions(process.argv.slice(2))).then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    },
);
