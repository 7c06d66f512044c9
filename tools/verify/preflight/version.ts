import { LEAST_KUBERNETES } from "../../../components/fields/version";
import type { Check } from "./cluster";

/** Checks that the cluster's version of Kubernetes is supported. */
export const versionFindings: Check = async ({ cluster }) => {
    const version = await cluster.version();
    const [, major = "", minor = ""] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
    const isOld = major === "1" && Number(minor) < LEAST_KUBERNETES;
    return {
        passed: `Kubernetes ${version}`,
        failed: isOld
            ? [
                  {
                      problem: `the cluster has Kubernetes ${version}, and the stack needs 1.${LEAST_KUBERNETES} or later`,
                      next: "upgrade the cluster",
                  },
              ]
            : [],
    };
};
