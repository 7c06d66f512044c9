import { startTests } from "../tests";
import { type Cluster, type Parts, startCluster } from "./start";

/** Environment by which the process outside hands on what it has prepared. */
export const INSIDE_VARIABLE = "KEEP_PODS_INSIDE";

/** What runs in the cluster's namespaces. */
export interface Inside extends Parts {
    /** Wait for Ctrl-C instead of testing. */
    readonly hold: boolean;
    readonly mocha: readonly string[];
}

async function main({ hold, mocha, ...parts }: Inside): Promise<number> {
    const started = Date.now();
    const cluster = await startCluster(parts);
    console.log(`${parts.nodes} nodes are ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    try {
        return hold ? await held(cluster) : await tested(cluster, mocha);
    } finally {
        await cluster.stop();
    }
}

async function tested({ kubeconfig }: Cluster, mocha: readonly string[]): Promise<number> {
    return await new Promise((resolve, reject) => {
        startTests(kubeconfig, mocha)
            .once("error", reject)
            .once("close", (code) => {
                resolve(code ?? 1);
            });
    });
}

/** Says how a shell elsewhere gets in, and waits to be ended. */
async function held({ kubeconfig }: Cluster): Promise<number> {
    console.log(
        `nsenter --net --target $(pgrep -f 'inside[.]ts' | tail -n 1) kubectl --kubeconfig ${kubeconfig} get nodes`,
    );
    console.log("Ctrl-C ends it.");
    return await new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const)
            process.once(signal, () => {
                resolve(0);
            });
        setInterval(() => undefined, 1 << 30);
    });
}

const prepared = process.env[INSIDE_VARIABLE];
if (prepared !== undefined) {
    main(JSON.parse(prepared) as Inside).then(
        (code) => process.exit(code),
        (error: unknown) => {
            console.error(error instanceof Error ? error.message : error);
            process.exit(1);
        },
    );
}
