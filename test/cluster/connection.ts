import { ApiClient } from "./api/client";
import { readKubeconfig } from "./api/kubeconfig";

/** Environment by which `run.ts` tells the tests where their cluster is; KUBECONFIG alone must never be enough. */
export const KUBECONFIG_VARIABLE = "KEEP_TEST_KUBECONFIG";

/** Set to "no" where only an API server could be had, so that nothing that is asked for comes to be. */
export const ACTS_VARIABLE = "KEEP_TEST_CLUSTER_ACTS";

/** The cluster that the tests were started for. */
export interface TestCluster {
    readonly client: ApiClient;
    readonly kubeconfig: string;
    /** Whether controllers and nodes are there. */
    readonly acts: boolean;
}

/** Finds the cluster that `npm run test:cluster` has prepared. */
export function testCluster(): TestCluster {
    const kubeconfig = process.env[KUBECONFIG_VARIABLE];
    if (kubeconfig === undefined) throw new Error("These tests need a cluster: start them by `npm run test:cluster`.");
    return { client: new ApiClient(readKubeconfig(kubeconfig)), kubeconfig, acts: process.env[ACTS_VARIABLE] !== "no" };
}
