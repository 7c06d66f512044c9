import type { RecordedResource } from "../inProcess/recordedResource";
import { manifestsOf } from "../preview/manifests";
import { databaseFindings } from "./preflight/database";
import { imageFindings } from "./preflight/images";
import { loginFindings } from "./preflight/login";
import { kindFindings, referenceFindings } from "./preflight/references";
import { type Check, type Cluster, MissingRight, type PodRuns, RejectedPod } from "./preflight/cluster";
import { admissionFindings, namespaceFindings, quotaFindings } from "./preflight/namespace";
import { ownershipFindings } from "./preflight/ownership";
import { storageFindings } from "./preflight/storage";
import { versionFindings } from "./preflight/version";
import type { VerifiedStack } from "./stackConfig";

const CHECKS: Readonly<Record<string, Check>> = {
    version: versionFindings,
    kinds: kindFindings,
    references: referenceFindings,
    storage: storageFindings,
    namespace: namespaceFindings,
    ownership: ownershipFindings,
    admission: admissionFindings,
    quota: quotaFindings,
    database: databaseFindings,
    login: loginFindings,
    images: imageFindings,
};

/**
 * Checks whether a cluster has everything that a stack needs. Creates only the pods of two checks, and deletes them
 * afterwards.
 * @param pods timeouts of these pods; undefined: skip the two checks
 */
export async function preflight(
    cluster: Cluster,
    { release, config }: VerifiedStack,
    resources: readonly RecordedResource[],
    pods?: Pick<PodRuns, "timeout" | "interval">,
): Promise<{ readonly lines: string[]; readonly failures: number }> {
    const subject = {
        cluster,
        release,
        config,
        manifests: manifestsOf(resources, false),
        ...(pods && { pods: { ...pods, manifests: manifestsOf(resources, true) } }),
    };
    const lines: string[] = [];
    let failures = 0;
    for (const [name, check] of Object.entries(CHECKS)) {
        const { passed, failed = [], skipped } = await run(check(subject));
        failures += failed.length;
        const say = (mark: string, text: string) => lines.push(`${mark} ${name.padEnd(12)} ${text}`);
        failed.forEach(({ problem, next }) => {
            say("✗", problem);
            lines.push(`  ${"next".padEnd(12)} ${next}`);
        });
        if (skipped !== undefined) {
            say("-", `skipped: ${skipped}`);
        } else if (failed.length === 0) {
            say("✓", passed);
        }
    }
    return { lines, failures };
}

/** Runs a check. Skips it if the user lacks a right, which is not a failure of the cluster. */
async function run(check: ReturnType<Check>): ReturnType<Check> {
    try {
        return await check;
    } catch (error) {
        if (error instanceof MissingRight) {
            return { passed: "", skipped: error.message };
        }
        if (error instanceof RejectedPod) {
            const next = `kubectl describe namespace ${error.namespace}`;
            return { passed: "", failed: [{ problem: error.message, next }] };
        }
        throw error;
    }
}
