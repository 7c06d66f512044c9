import { testCluster } from "../cluster/connection";

/**
 * `describe` for what only fake pods can show: versions and images that nobody has published, and servers that nobody
 * runs. Where pods are real (`--use-current-cluster`) such a suite is told as left out.
 */
export const describeWithFakePods = testCluster().pods === "fake" ? describe : describe.skip;
