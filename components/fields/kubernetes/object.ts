import * as z from "zod";

import { isLater } from "../../tokens";
import { containerRules } from "./containers";
import { schedulingRules } from "./scheduling";
import { type Finding, type Part, structureOf } from "./structure";
import type { ValueRules } from "./values";
import { volumeRules } from "./volumes";

/** By type. What is not here, the API server takes as long as it has the form of its type. */
const RULES: ValueRules = { ...containerRules, ...schedulingRules, ...volumeRules };

/**
 * An object of a type of Kubernetes, which is passed through as it stands. It is checked as the API server does, so that a preview
 * without a cluster finds what `pulumi up` would end with.
 * @param type name in Kubernetes' own client, such as `V1Toleration`
 */
export function kubernetesObject<T extends object>(type: string, description: string, reference: string) {
    return z
        .custom<T>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
            error: `is not an object. Write it as in Kubernetes: ${reference}`,
        })
        .superRefine((value, context) => {
            for (const { path, message } of isLater(value) ? [] : findingsOf(type, value)) {
                context.addIssue({ code: "custom", path: [...path], message });
            }
        })
        .meta({ type: "object", kubernetes: type, description: `${description} (as in Kubernetes: ${reference})` });
}

/** What the API server would say: one finding a place. Values are judged where the form is right and all of them are known. */
function findingsOf(type: string, value: object): Finding[] {
    const { parts, findings } = structureOf(type, value);
    const ofValues = parts
        .filter((part) => !containsLater(part.value) && !findings.some(({ path }) => isInside(path, part.path)))
        .flatMap(valueFindings);
    const places = ofValues.map(({ path }) => path.join("."));
    return [...findings, ...ofValues.filter((_, index) => places.indexOf(places[index] ?? "") === index)];
}

function valueFindings({ type, path, value }: Part): Finding[] {
    const issues = RULES[type]?.safeParse(value, { error: messageOf }).error?.issues ?? [];
    return issues.flatMap((found): Finding[] => {
        const at = [...path, ...(found.path as Finding["path"])];
        return found.code === "unrecognized_keys"
            ? found.keys.map((name) => ({ path: [...at, name], message: "cannot be set here. Remove it" }))
            : [{ path: at, message: found.message }];
    });
}

function isInside(path: Finding["path"], outer: Finding["path"]): boolean {
    return outer.every((step, index) => step === path[index]);
}

function containsLater(value: unknown): boolean {
    return isLater(value) || (typeof value === "object" && value !== null && Object.values(value).some(containsLater));
}

function messageOf({ input }: z.core.$ZodRawIssue): string {
    return input === undefined || input === null
        ? "is missing. Set it"
        : "is not valid here. See Kubernetes' reference";
}
