import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { DATA_CHECK } from "../database/adopted";

/** A claim that the stack has made, or that its database mounts. */
export interface DeployedClaim {
    readonly namespace: string;
    readonly name: string;
    readonly part: "database" | "backup";
    /** Requested size, as Kubernetes writes it; undefined for a claim that is not the stack's own. */
    readonly size?: string;
    /** What of it cannot be changed, as it was asked for; undefined where the state does not tell. */
    readonly fixed?: FixedFields;
    /** True for the claim of a chart's release, whose data lie elsewhere on it than ours. */
    readonly isAdopted?: true;
}

/** What Pulumi can only change by deleting a claim and making another (pulumi-kubernetes, provider/pkg/provider/diff.go). */
export interface FixedFields {
    readonly accessModes: readonly string[];
    readonly storageClass: string | undefined;
}

/** What the stack's state says of the Keep that runs: what the next deployment must not undo. */
export interface Deployed {
    /** Greatest version of Keep that has run, its setup step included; undefined before the first deployment. */
    readonly version?: string;
    readonly claims: readonly DeployedClaim[];
}

/** A stack that has deployed nothing yet. */
export const NOTHING_DEPLOYED: Deployed = { claims: [] };

/** Functions of Pulumi's engine itself (pulumi/pulumi, pkg/resource/deploy/builtins.go): no provider, no cluster, nothing in the state. */
const READ_OUTPUTS = "pulumi:pulumi:readStackOutputs";
const READ_RESOURCES = "pulumi:pulumi:readStackResourceOutputs";

const metadata = z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.object({
        "app.kubernetes.io/component": z.string(),
        "app.kubernetes.io/part-of": z.literal("keep"),
        "app.kubernetes.io/version": z.string().optional(),
    }),
});
const claimSpec = z.object({
    accessModes: z.array(z.string()),
    resources: z.object({ requests: z.object({ storage: z.string() }) }),
    storageClassName: z.string().optional(),
});
// What was asked for stands in `__inputs` (pulumi-kubernetes, checkpointObject); in `spec` the cluster has filled in its defaults.
const claimOutputs = z.object({ metadata, spec: claimSpec, __inputs: z.object({ spec: claimSpec }).optional() });
const workloadOutputs = z.object({
    metadata,
    spec: z.object({
        template: z.object({
            spec: z.object({
                initContainers: z.array(z.object({ name: z.string() })).optional(),
                volumes: z.array(
                    z.object({
                        name: z.string(),
                        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
                    }),
                ),
            }),
        }),
    }),
});
const stackResources = z.record(z.string(), z.object({ type: z.string(), outputs: z.unknown() }));

/**
 * Reads the stack's own state, as the last deployment left it, also one that failed half-way after a first one that
 * succeeded. A preview can do so as well. Where the backend does not hand it out, a warning says that this deployment is not compared with it.
 */
export async function readDeployed(): Promise<Deployed> {
    try {
        const stack = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
        const { outputs } = z
            .object({ outputs: z.record(z.string(), z.unknown()) })
            .parse(await pulumi.runtime.invoke(READ_OUTPUTS, { name: stack }));
        // A stack without any deployment has no state either, and the engine falls over when it is asked for it.
        if (Object.keys(outputs).length === 0) {
            return NOTHING_DEPLOYED;
        }
        const state = z
            .object({ outputs: stackResources })
            .parse(await pulumi.runtime.invoke(READ_RESOURCES, { stackName: stack }));
        return deployedIn(Object.values(state.outputs));
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await pulumi.log.warn(
            `The state of ${pulumi.getStack()} could not be read, so a smaller version or another volume would not be noticed: ${reason}`,
        );
        return NOTHING_DEPLOYED;
    }
}

/** What the resources of a state tell, each with its type and its outputs. */
export function deployedIn(resources: readonly { readonly type: string; readonly outputs?: unknown }[]): Deployed {
    const claims = new Map<string, DeployedClaim>();
    const versions: string[] = [];
    for (const { type, outputs } of resources) {
        const kind = type.replace(/^.*:/, "");
        for (const claim of kind === "PersistentVolumeClaim" ? madeClaim(outputs) : mountedClaims(kind, outputs)) {
            const key = `${claim.namespace}/${claim.name}`;
            claims.set(key, { ...claims.get(key), ...claim });
        }
        const workload = z.object({ metadata }).safeParse(outputs).data;
        versions.push(...[workload?.metadata.labels["app.kubernetes.io/version"] ?? []].flat());
    }
    const version = versions.sort(compareVersions).at(-1);
    return { claims: [...claims.values()], ...(version === undefined ? {} : { version }) };
}

function madeClaim(outputs: unknown): DeployedClaim[] {
    const claim = claimOutputs.safeParse(outputs).data;
    const asked = claim?.__inputs?.spec;
    const part = claim?.metadata.labels["app.kubernetes.io/component"];
    return claim !== undefined && (part === "database" || part === "backup")
        ? [
              {
                  namespace: claim.metadata.namespace,
                  name: claim.metadata.name,
                  part,
                  size: claim.spec.resources.requests.storage,
                  ...(asked === undefined
                      ? {}
                      : { fixed: { accessModes: asked.accessModes, storageClass: asked.storageClassName } }),
              },
          ]
        : [];
}

/** What the database's server mounts, or the backend for SQLite: also a claim that somebody else has made. */
function mountedClaims(kind: string, outputs: unknown): DeployedClaim[] {
    const workload = kind === "Deployment" ? workloadOutputs.safeParse(outputs).data : undefined;
    if (workload === undefined) {
        return [];
    }
    const volume = { database: "data", backend: "state" }[workload.metadata.labels["app.kubernetes.io/component"]];
    const { initContainers = [], volumes } = workload.spec.template.spec;
    const isAdopted = initContainers.some(({ name }) => name === DATA_CHECK);
    return volumes
        .filter(({ name }) => name === volume)
        .flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim ?? [])
        .map(({ claimName }) => ({
            namespace: workload.metadata.namespace,
            name: claimName,
            part: "database",
            ...(isAdopted ? { isAdopted } : {}),
        }));
}

/** Order of two versions by their three numbers; what follows these is not compared. */
export function compareVersions(a: string, b: string): number {
    const numbers = (version: string) => /^[0-9.]*/.exec(version)?.[0] ?? "";
    return numbers(a).localeCompare(numbers(b), "en", { numeric: true });
}
