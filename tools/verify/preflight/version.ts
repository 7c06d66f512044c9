import type { Check } from "./cluster";

/** Sleep as a preStop action, which the pods use, is on by default since this version. */
const LEAST = 30;

/** The version of Kubernetes is one that the objects fit. */
export const versionFindings: Check = async ({ cluster }) => {
    const version = await cluster.version();
    const [, major = "", minor = ""] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
    const isOld = major === "1" && Number(minor) < LEAST;
    return {
        passed: `Kubernetes ${version}`,
        failed: isOld
            ? [
                  {
                      problem: `the cluster has Kubernetes ${version}, and the stack needs 1.${LEAST} or later`,
                      next: "upgrade the cluster",
                  },
              ]
            : [],
    };
};
