import { dump } from "js-yaml";

import type { RecordedResource } from "../../tools/inProcess/recordedResource";
import type { ProgramRun } from "../../tools/inProcess/runProgram";
import { isRecord } from "../../tools/inProcess/secrets";
import { type Example, outputsOf } from "./programs";

const KEEP = "keep:index:Keep";

/**
 * What an example creates, secrets masked: its own resources as a whole; of the objects of Keep, which have goldens of their own, what
 * comes from those resources.
 */
export function goldenOf({ resources, maskedOutputs }: ProgramRun<unknown>, example: Example): string {
    const own = resources.filter((resource) => !isOfKeep(resource));
    const given = [
        ...textsIn([example.names, example.functions]),
        ...own.flatMap(({ type, name, inputs, secretPaths }) =>
            textsIn([`${name}-id`, outputsOf(example, type, name), [...secretPaths].map((path) => inputs[path])]),
        ),
    ];
    const objects = resources
        .filter((resource) => isOfKeep(resource) && resource.custom)
        .map((resource) => [label(resource), valuesIn(resource.inputs, resource.maskedInputs, given)] as const);
    return dump(
        {
            resources: own.map((resource) => ({ [label(resource)]: resource.maskedInputs })),
            keep: Object.fromEntries(objects.filter(([, values]) => Object.keys(values).length > 0)),
            outputs: maskedOutputs,
        },
        { lineWidth: -1, noRefs: true },
    );
}

function isOfKeep({ type, parent }: RecordedResource): boolean {
    return type === KEEP || (parent !== undefined && isOfKeep(parent));
}

function label({ type, name }: RecordedResource): string {
    return `${type} ${name}`;
}

function textsIn(value: unknown): string[] {
    if (typeof value === "object" && value !== null) {
        return Object.values(value).flatMap(textsIn);
    }
    return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

/** The values that have one of the given texts in them, masked, each by its path. */
function valuesIn(
    value: unknown,
    masked: unknown,
    given: readonly string[],
    path: readonly string[] = [],
): Record<string, unknown> {
    if (typeof value !== "object" || value === null) {
        return textsIn(value).some((own) => given.some((text) => own.includes(text)))
            ? { [path.join(".")]: masked }
            : {};
    }
    const shown = masked as Readonly<Record<string, unknown>>;
    const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
        // By its name, an entry of a list is found wherever it stands.
        const step = isRecord(inner) && typeof inner.name === "string" && Array.isArray(value) ? inner.name : key;
        return valuesIn(inner, shown[key], given, [...path, step]);
    });
    return Object.assign({}, ...entries) as Record<string, unknown>;
}
