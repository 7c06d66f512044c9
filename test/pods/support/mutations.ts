import type { KubernetesObject } from "../../cluster/api/client";
import type { Change } from "./keep";

/** A part of an object's tree; what is at its ends is of no matter here. */
type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Changes one field of a tree, found by its path; `*` is every item of a list. What is not there stays away. */
function at(value: unknown, [key, ...rest]: readonly string[], change: (found: unknown) => unknown): unknown {
    if (key === undefined) return change(value);
    if (key === "*") return Array.isArray(value) ? value.map((item) => at(item, rest, change)) : value;
    if (!isTree(value) || !(key in value)) return value;
    const { [key]: found, ...others } = value;
    const changed = at(found, rest, change);
    return changed === undefined ? others : { ...others, [key]: changed };
}

/** Changes a field of one object of the release. */
function inObject(kind: string, name: string, path: string, change: (found: unknown) => unknown): Change {
    return (object) =>
        object.kind === kind && object.metadata.name === name
            ? (at(object, path.split("."), change) as KubernetesObject)
            : object;
}

const POD = "spec.template.spec";

/** Takes items out of a list of things with a name. */
const without = (name: string) => (found: unknown) =>
    Array.isArray(found) ? found.filter((item) => !isTree(item) || item.name !== name) : found;

const gone = () => undefined;

/** Does several changes, one after the other. */
const all =
    (...changes: readonly Change[]): Change =>
    (object) =>
        changes.reduce((changed, change) => change(changed), object);

/** Releases without what the table in `slow/mutations.test.ts` names. */
export const takeOut = {
    userName: all(
        inObject("Deployment", "keep-backend", `${POD}.containers.*.env`, without("LOGNAME")),
        inObject("Deployment", "keep-backend", `${POD}.initContainers.*.env`, without("LOGNAME")),
    ),
    temporaryFolder: all(
        inObject("Deployment", "keep-backend", `${POD}.containers.*.volumeMounts`, without("tmp")),
        inObject("Deployment", "keep-backend", `${POD}.initContainers.*.volumeMounts`, without("tmp")),
    ),
    group: inObject("Deployment", "keep-backend", `${POD}.securityContext.fsGroup`, gone),
    setup: inObject("Deployment", "keep-backend", `${POD}.initContainers`, gone),
    setupStart: inObject("Job", "keep-setup", "spec", (found) => ({ ...(isTree(found) ? found : {}), suspend: true })),
    memory: inObject("Deployment", "keep-backend", `${POD}.containers.*.resources`, (found) => ({
        ...(isTree(found) ? found : {}),
        limits: { memory: "100Mi" },
        requests: { memory: "100Mi" },
    })),
    createSecrets: inObject("Role", "keep-secret-store", "rules.*.verbs", (found) =>
        Array.isArray(found) ? found.filter((verb) => verb !== "create") : found,
    ),
    pusherSecret: inObject("Deployment", "keep-websocket", `${POD}.containers.*.env`, (found) =>
        Array.isArray(found)
            ? found.map((item: unknown) =>
                  isTree(item) && item.name === "SOKETI_DEFAULT_APP_SECRET"
                      ? { name: item.name, value: "other" }
                      : item,
              )
            : found,
    ),
    databaseExit: inObject("NetworkPolicy", "keep-backend", "spec.egress", (found) =>
        Array.isArray(found) ? found.filter((rule) => !JSON.stringify(rule).includes('"port":5432')) : found,
    ),
    preStop: inObject("Deployment", "keep-backend", `${POD}.containers.*.lifecycle`, gone),
    jobCompletion: inObject("Deployment", "keep-worker", `${POD}.containers.*.command`, () => ["gunicorn"]),
    disruptionBudget: inObject("PodDisruptionBudget", "keep-backend", "spec.maxUnavailable", () => 2),
} satisfies Record<string, Change>;
