import { changedImmutableFields, differsIn } from "./immutable";
import type { Manifest } from "./manifests";
import { withoutMarks } from "./secretMarks";
import { plural } from "./summary";
import { toYaml } from "./yaml";

/** The change of an object between two sides of a comparison. */
export interface Change {
    readonly action: "created" | "changed" | "replaced" | "deleted";
    readonly before?: Manifest;
    readonly after?: Manifest;
    /** Changed immutable fields, which make Pulumi replace the object. */
    readonly immutable: readonly string[];
}

/** Kinds that contain data. If the name changes, the old object is deleted with its data. */
const STATEFUL = ["Namespace", "PersistentVolume", "PersistentVolumeClaim"];

/** Kinds whose deletion is reported first. */
const LOUD = [...STATEFUL, "Secret"];

const ACTIONS = ["created", "changed", "replaced", "deleted"] as const;

/** The objects that differ between two sides. The URN identifies an object, as in Pulumi's state. */
export function changesOf(before: readonly Manifest[], after: readonly Manifest[]): Change[] {
    const old = new Map(before.map((manifest) => [manifest.urn, manifest]));
    const kept = new Set(after.map(({ urn }) => urn));
    return [
        ...before.filter(({ urn }) => !kept.has(urn)).map(deleted),
        ...after.flatMap((manifest) => changeOf(old.get(manifest.urn), manifest)),
    ];
}

function changeOf(before: Manifest | undefined, after: Manifest): Change[] {
    if (before === undefined) {
        return [{ action: "created", after, immutable: [] }];
    }
    if (toYaml(before) === toYaml(after)) {
        return [];
    }
    if (STATEFUL.includes(after.kind) && idOf(before) !== idOf(after)) {
        return [deleted(before), { action: "created", after, immutable: [] }];
    }
    const immutable = changedImmutableFields(before, after);
    return [{ action: immutable.length > 0 ? "replaced" : "changed", before, after, immutable }];
}

function deleted(before: Manifest): Change {
    return { action: "deleted", before, immutable: [] };
}

/** Counts by action, such as "2 objects created, 1 changed, 0 replaced, 1 deleted". */
export function countsInWords(changes: readonly Change[]): string {
    const counts = ACTIONS.map(
        (action) => [action, changes.filter((change) => change.action === action).length] as const,
    );
    return counts
        .map(([action, count], index) => `${index === 0 ? plural(count, "object") : String(count)} ${action}`)
        .join(", ");
}

/**
 * A summary of the changes, to print before the diff: deleted data, errors of `pulumi up`, restarted pods, Jobs, and
 * all changed objects. Lines begin with `!` or `#`, which `patch` ignores and diff viewers highlight.
 * @param rejections errors with which `pulumi up` would reject the change
 */
export function changeSummary(changes: readonly Change[], rejections: readonly string[]): string {
    const lost = changes.filter(({ action, before }) => action === "deleted" && LOUD.includes(before?.kind ?? ""));
    const restarted = changes.filter(
        ({ action, before, after }) =>
            action !== "deleted" &&
            before !== undefined &&
            after !== undefined &&
            ["Deployment", "StatefulSet", "DaemonSet"].includes(after.kind) &&
            differsIn("spec.template", before, after),
    );
    const jobs = changes.filter(({ action, after }) => action !== "deleted" && after?.kind === "Job");
    const lines = [
        ...lost.map(({ before }) => `! deletes ${before === undefined ? "" : described(before)}`),
        ...(rejections.length === 0
            ? []
            : ["! pulumi up rejects this change:", ...rejections.map((one) => `!   ${one}`)]),
        ...(changes.length === 0 ? [] : [`# ${countsInWords(changes)}`]),
        ...list("restarts pods of", restarted),
        ...list("runs", jobs),
        ...ACTIONS.flatMap((action) =>
            changes
                .filter((change) => change.action === action)
                .map(({ before, after = before, immutable }) =>
                    after === undefined
                        ? ""
                        : `#   ${action.padEnd(8)} ${idOf(after)}${noteOf(before, after, immutable)}`,
                ),
        ),
    ];
    return lines.map((line) => `${line}\n`).join("");
}

function list(what: string, changes: readonly Change[]): string[] {
    return changes.length === 0
        ? []
        : [`# ${what} ${changes.flatMap(({ after }) => (after === undefined ? [] : [after.name])).join(", ")}`];
}

function noteOf(before: Manifest | undefined, after: Manifest, immutable: readonly string[]): string {
    const notes = [
        ...(immutable.length === 0 ? [] : [`${immutable.join(", ")} cannot be updated`]),
        ...(before !== undefined && before !== after && withoutMarks(toYaml(before)) === withoutMarks(toYaml(after))
            ? ["values of secrets only"]
            : []),
    ];
    return notes.length === 0 ? "" : ` (${notes.join("; ")})`;
}

function described(manifest: Manifest): string {
    return `${idOf(manifest)}${manifest.retained ? " from the stack; the object stays in the cluster (retainOnDelete)" : " with everything in it"}`;
}

function idOf({ kind, namespace, name }: Manifest): string {
    return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
