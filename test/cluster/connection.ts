import { ApiClient } from "./api/client";
import { readKubeconfig } from "./api/kubeconfig";

/** Environment by which `run.ts` tells the tests where their cluster is; KUBECONFIG alone must never be enough. */
export const KUBECONFIG_VARIABLE = "KEEP_TEST_KUBECONFIG";

/** Environment by which `run.ts` tells the tests what becomes of pods. */
export const PODS_VARIABLE = "KEEP_TEST_PODS";

/**
 * What becomes of a pod: `fake` ones are Ready at once and run nothing; `real` ones pull their image and need what they
 * talk to; with `none` there is only an API server, and nothing that is asked for comes to be.
 */
export type Pods = "fake" | "real" | "none";

/** The cluster that the tests were started for. */
export interface TestCluster {
    readonly client: ApiClient;
    readonly kubeconfig: string;
    readonly pods: Pods;
}

/** Finds the cluster that `npm run test:cluster` has prepared. */
export function testCluster(): TestCluster {
    const kubeconfig = process.env[KUBECONFIG_VARIABLE];
    if (kubeconfig === undefined) throw new Error("These tests need a cluster: start them by `npm run test:cluster`.");
    const pods = (["fake", "real"] as const).find((kind) => kind === process.env[PODS_VARIABLE]) ?? "none";
    return { client: new ApiClient(readKubeconfig(kubeconfig)), kubeconfig, pods };
}
