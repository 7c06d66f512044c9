import { type ChildProcess, spawn } from "node:child_process";
import { homedir } from "node:os";
import path from "node:path";

import { ApiClient } from "./api/client";
import { readKubeconfig } from "./api/kubeconfig";
import { KUBECONFIG_VARIABLE, type Pods, PODS_VARIABLE } from "./connection";
import { buildComponents, KUBERNETES_MINORS, prebuiltComponents } from "./control-plane/build";
import { startControlPlane } from "./control-plane/start";
import { installCrds } from "./crds";

const USAGE = `npm run test:cluster -- [options] [options of mocha]
  --kubernetes <minor>    one of ${KUBERNETES_MINORS.join(", ")}; built from Go modules on first use
  --use-current-cluster   the current context of KUBECONFIG instead of a control plane of our own (kind, k3d …)
  --hold                  start, print the kubeconfig and wait for Ctrl-C, without any test
KUBEBUILDER_ASSETS=<folder with etcd and kube-apiserver> is used instead of building.`;

interface Options {
    readonly minor: string;
    readonly useCurrent: boolean;
    readonly hold: boolean;
    readonly mocha: readonly string[];
}

/** A cluster to test against, however it was come by. */
interface Target {
    readonly kubeconfig: string;
    readonly client: ApiClient;
    readonly pods: Pods;
    readonly stop: () => Promise<void>;
}

function readOptions(args: readonly string[]): Options {
    const rest = [...args];
    const take = (name: string, values: number): string[] | undefined => {
        const at = rest.indexOf(name);
        return at < 0 ? undefined : rest.splice(at, 1 + values);
    };
    if (take("--help", 0) !== undefined) {
        console.log(USAGE);
        process.exit(0);
    }
    const minor = take("--kubernetes", 1)?.[1] ?? KUBERNETES_MINORS[0] ?? "";
    if (!KUBERNETES_MINORS.includes(minor)) {
        throw new Error(`--kubernetes ${minor}: there are modules for ${KUBERNETES_MINORS.join(", ")} only.`);
    }
    const useCurrent = take("--use-current-cluster", 0) !== undefined;
    return { minor, useCurrent, hold: take("--hold", 0) !== undefined, mocha: rest };
}

async function openTarget({ minor, useCurrent }: Options): Promise<Target> {
    if (useCurrent) {
        const kubeconfig = process.env.KUBECONFIG ?? path.join(homedir(), ".kube", "config");
        const client = new ApiClient(readKubeconfig(kubeconfig));
        const added = await installCrds(client);
        const stop = async () => {
            await Promise.all(added.map((object) => client.delete(object)));
        };
        return { kubeconfig, client, pods: "real", stop };
    }
    const assets = process.env.KUBEBUILDER_ASSETS;
    const binaries = assets === undefined ? await buildComponents(minor) : prebuiltComponents(assets);
    return await startControlPlane(binaries);
}

/** Runs mocha, this suite's unless another one's --config is given, and returns its exit code. */
function startTests({ mocha }: Options, target: Target): ChildProcess {
    const suite = mocha.includes("--config") ? [] : ["--config", path.join(__dirname, "mocharc.json")];
    // Where everything works, a test that leaves itself out is a mistake.
    const complete = target.pods === "fake" ? ["--forbid-pending"] : [];
    const patience = target.pods === "real" ? ["--timeout", "30m"] : [];
    const program = require.resolve("mocha/bin/mocha.js");
    return spawn(process.execPath, [program, ...suite, ...complete, ...patience, ...mocha], {
        stdio: "inherit",
        env: { ...process.env, [KUBECONFIG_VARIABLE]: target.kubeconfig, [PODS_VARIABLE]: target.pods },
    });
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function main(): Promise<number> {
    // Until there are tests to end, a signal just ends us; what was started goes with the process's "exit".
    const leave = () => process.exit(130);
    for (const signal of SIGNALS) process.once(signal, leave);
    const options = readOptions(process.argv.slice(2));
    const started = Date.now();
    const target = await openTarget(options);
    try {
        const { body } = await target.client.request("GET", "/version");
        const version =
            typeof body === "object" && body !== null && "gitVersion" in body ? String(body.gitVersion) : "?";
        console.log(`Kubernetes ${version}, ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
        if (target.pods === "none")
            console.log("Only an API server: tests of what becomes of the objects are left out.");
        if (options.hold) console.log(`export KUBECONFIG=${target.kubeconfig}\nCtrl-C ends it.`);
        for (const signal of SIGNALS) process.off(signal, leave);
        return await ended(options.hold ? undefined : startTests(options, target));
    } finally {
        await target.stop();
    }
}

/** Waits for the tests, or for a signal that ends them and us, whichever comes first. */
async function ended(tests: ChildProcess | undefined): Promise<number> {
    return await new Promise((resolve, reject) => {
        tests?.once("error", reject).once("exit", (code) => {
            resolve(code ?? 1);
        });
        const interrupt = (signal: NodeJS.Signals) => {
            tests?.kill(signal);
            resolve(130);
        };
        for (const signal of SIGNALS) process.once(signal, interrupt);
    });
}

main().then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    },
);
