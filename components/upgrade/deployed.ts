import * as z from "zod";

import { DATA_CHECK } from "../adoption/dataCheck";
import { storeName } from "../secretStore/environment";
import type { StateResource } from "./state";

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

/** Where the credentials of Keep's providers are. */
export interface DeployedStore {
    /** Kind and place, as `storeName` tells them. */
    readonly name: string;
    /** What the stack has made for them, so that they go when it goes: a namespace, or what empties one that is not its own. */
    readonly goesWith?: "namespace" | "removal";
}

/** What the stack's state says of a Keep that runs: what the next deployment must not undo. */
export interface Deployed {
    /** Greatest version of Keep that has run, its setup step included; undefined before the first deployment. */
    readonly version?: string;
    readonly claims: readonly DeployedClaim[];
    /** Undefined before anything could write to it. */
    readonly secretStore?: DeployedStore;
}

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
                initContainers: z.array(z.object({ name: z.string() })).default([]),
                containers: z.array(
                    z.object({
                        env: z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]),
                    }),
                ),
                volumes: z
                    .array(
                        z.object({
                            name: z.string(),
                            persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
                        }),
                    )
                    .default([]),
            }),
        }),
    }),
});
/** What runs Keep: its tiers, and before them the setup step. */
const RUNNING: readonly string[] = ["Deployment", "Job"];
const storeNamespace = z.object({
    metadata: z.object({ name: z.string(), labels: z.object({ "app.kubernetes.io/component": z.literal("secrets") }) }),
});
const removalOutputs = z.object({ namespace: z.string() });

/** What a state tells of one Keep, by the names that it has had: its own, and those of its aliases. */
export function deployedIn(state: readonly StateResource[], keeps: readonly string[]): Deployed {
    const parts = state.filter((resource) => isPartOf(keeps, resource));
    const claims = new Map<string, DeployedClaim>();
    for (const { type, outputs } of parts) {
        const kind = kindOf(type);
        for (const claim of kind === "PersistentVolumeClaim" ? madeClaim(outputs) : mountedClaims(kind, outputs)) {
            const key = `${claim.namespace}/${claim.name}`;
            claims.set(key, { ...claims.get(key), ...claim });
        }
    }
    const version = parts
        .filter(({ type }) => RUNNING.includes(kindOf(type)))
        .flatMap(({ outputs }) => labelsOf(outputs)?.["app.kubernetes.io/version"] ?? [])
        .sort(compareVersions)
        .at(-1);
    const secretStore = storeIn(parts, state);
    return {
        claims: [...claims.values()],
        ...(version === undefined ? {} : { version }),
        ...(secretStore === undefined ? {} : { secretStore }),
    };
}

function kindOf(type: string): string {
    return type.replace(/^.*:/, "");
}

function labelsOf(outputs: unknown): z.infer<typeof metadata>["labels"] | undefined {
    return z.object({ metadata }).safeParse(outputs).data?.metadata.labels;
}

/** The logical name of a part's objects is that of the Keep and the part's own: so "a-b" is told from the parts of a Keep "a". */
function isPartOf(keeps: readonly string[], { name, outputs }: StateResource): boolean {
    const part = labelsOf(outputs)?.["app.kubernetes.io/component"];
    return part !== undefined && keeps.some((keep) => name === `${keep}-${part}`);
}

/** The store that the API uses; before it runs, the one that setup may have written to. */
function storeIn(parts: readonly StateResource[], state: readonly StateResource[]): DeployedStore | undefined {
    const [name] = RUNNING.flatMap((kind) =>
        parts
            .filter(({ type }) => kindOf(type) === kind)
            .flatMap(({ outputs }) => workloadOutputs.safeParse(outputs).data?.spec.template.spec.containers ?? [])
            .flatMap(({ env }) => storeName(Object.fromEntries(env.map(({ name, value }) => [name, value]))) ?? []),
    );
    if (name === undefined) {
        return undefined;
    }
    const holds = (namespace: string | undefined) => namespace !== undefined && name === `kubernetes/${namespace}`;
    const [goesWith] = state.flatMap(({ type, outputs }) => {
        switch (kindOf(type)) {
            case "Namespace":
                return holds(storeNamespace.safeParse(outputs).data?.metadata.name) ? ["namespace" as const] : [];
            case "SecretRemoval":
                return holds(removalOutputs.safeParse(outputs).data?.namespace) ? ["removal" as const] : [];
            default:
                return [];
        }
    });
    return { name, ...(goesWith === undefined ? {} : { goesWith }) };
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
    const { initContainers, volumes } = workload.spec.template.spec;
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
