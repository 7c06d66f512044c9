import type { Issue } from "../../components/fields/issue";
import { accessWords } from "../../components/ingress/unlistedNames";
import { formatIssue } from "../../components/settings/issues";
import { check } from "../../components/settings/resolve";
import type { SecretKeyName } from "../../components/secrets/settings";
import { type Draft, secretTexts } from "./draft";
import { isRecord, own } from "./row";

/** Keys that are never removed: their defaults would deploy a different Keep, such as one with an empty SQLite file. */
const ESSENTIAL = ["auth", "backend", "database", "frontend", "ingress", "publicUrl", "redis", "websocket"];

/** Values that are never removed: folders that the user creates later, and a user interface that would be exposed otherwise. */
const COMPLETED = ["provision.workflows", "frontend.enabled"];

const STACK = { title: "the stack file", namespace: "keep:" } as const;

/**
 * Removes the settings that the program rejects, and records the values of the chart that they come from.
 * @returns the remaining errors: the program rejects the stack file until the user fixes these
 */
export function accept(draft: Draft): string[] {
    for (;;) {
        const issues = issuesOf(draft);
        const removed = issues.filter((issue) => remove(draft, issue));
        if (removed.length === 0) {
            return issues.map((issue) => formatIssue(issue, STACK));
        }
    }
}

/** The errors that the program reports for a stack file. */
function issuesOf(draft: Draft): readonly Issue[] {
    const settings = Object.fromEntries(Object.entries(draft.settings).filter(([, value]) => value !== undefined));
    const { secretEnv } = draft;
    return check({ ...STACK, settings, secrets: secretTexts(draft), secretEnv, issues: [] }).issues;
}

/** Removes the setting of an issue. Returns false if there is none, because a setting is missing. */
function remove(draft: Draft, issue: Issue): boolean {
    const key = issue.path.join(".");
    if (Object.hasOwn(draft.secrets, key)) {
        draft.leave(key, rejected(issue));
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is one of the object's own.
        delete draft.secrets[key as SecretKeyName];
        return true;
    }
    const root: Record<string, unknown> = { ...draft.settings, secretEnv: draft.secretEnv };
    const steps = stepsIn(root, issue.path);
    const target = steps === undefined || isAboutAccess(issue) ? undefined : removable(root, steps);
    if (target === undefined) {
        return false;
    }
    draft.leave(target.join("."), rejected(issue));
    takeOut(target.length === 1 ? draft.settings : root, target);
    return true;
}

/**
 * Whether an issue is one of an annotation without which everybody may reach Keep. That can be any one of a Service
 * whose name has a domain.
 */
function isAboutAccess({ path }: Issue): boolean {
    const [outer, inner, name = ""] = path.slice(-3);
    return (
        inner === "annotations" &&
        name.includes("/") &&
        (outer === "service" || (outer === "ingress" && accessWords(name.replace(/^.*\//, "")) !== undefined))
    );
}

function rejected(issue: Issue): string {
    return `left out: ${formatIssue(issue, STACK)}`;
}

/** The steps that lead to a value; undefined if there is none. Names of variables and labels can contain dots. */
function stepsIn(value: unknown, parts: readonly string[]): string[] | undefined {
    if (parts.length === 0) {
        return [];
    }
    for (let length = parts.length; length > 0; length -= 1) {
        const step = parts.slice(0, length).join(".");
        const inner = Array.isArray(value) ? (value as unknown[])[Number(step)] : own(value, step);
        const rest = inner === undefined ? undefined : stepsIn(inner, parts.slice(length));
        if (rest !== undefined) {
            return [step, ...rest];
        }
    }
    return undefined;
}

/**
 * The path to remove for an invalid value: its own, or that of an object, command or entry of a list that is invalid without it.
 */
function removable(root: unknown, steps: readonly string[]): readonly string[] | undefined {
    const [top = ""] = steps;
    if (steps.length === 2 && steps[1] === "kind") {
        // A union is invalid without its kind.
        return top === "database" ? undefined : [top];
    }
    const inside = steps.findIndex((_step, index) => Array.isArray(valueAt(root, steps.slice(0, index))));
    // The words of a command depend on each other.
    const isCommand = ["args", "command"].includes(steps[inside - 1] ?? "");
    const target = inside < 0 ? steps : steps.slice(0, isCommand ? inside : inside + 1);
    const isEssential = target.length === 1 && ESSENTIAL.includes(top);
    return isEssential || COMPLETED.includes(steps.join(".")) ? undefined : target;
}

function valueAt(root: unknown, steps: readonly string[]): unknown {
    return steps.reduce<unknown>(
        (value, step) => (Array.isArray(value) ? (value as unknown[])[Number(step)] : own(value, step)),
        root,
    );
}

/** Removes a value, and objects that become empty. */
function takeOut(root: Record<string, unknown>, steps: readonly string[]): void {
    const [parent, last = ""] = [valueAt(root, steps.slice(0, -1)), steps.at(-1)];
    if (Array.isArray(parent)) {
        parent.splice(Number(last), 1);
    } else if (isRecord(parent)) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key is one of the object's own.
        delete parent[last];
    }
    const rest = parent !== root && (isRecord(parent) || Array.isArray(parent)) ? Object.keys(parent).length : 1;
    if (rest === 0) {
        takeOut(root, steps.slice(0, -1));
    }
}
