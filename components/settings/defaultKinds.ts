import type * as z from "zod";

import { issue, type Issue } from "../fields/issue";
import { allOf, oneOf } from "../fields/vocabulary";
import { defaultKinds, stackSchema } from "./schema";

type Settings = Readonly<Record<string, unknown>>;

/**
 * Adds the default `kind` to objects without one. If the default kind does not have one of the fields, reports an issue
 * that names the kinds that do.
 */
export function withDefaultKinds(settings: Settings): {
    readonly settings: Settings;
    readonly issues: readonly Issue[];
} {
    const completed: Record<string, unknown> = { ...settings };
    const issues: Issue[] = [];
    for (const [key, kind] of Object.entries(defaultKinds)) {
        const value = settings[key];
        if (typeof value !== "object" || value === null || Array.isArray(value) || Object.hasOwn(value, "kind")) {
            continue;
        }
        const variants = variantsOf(key as keyof typeof defaultKinds);
        const isField = (name: string, shape: object | undefined) => Object.hasOwn(shape ?? {}, name);
        const missing = Object.keys(value).filter((name) => !isField(name, variants.get(kind)));
        const fitting = [...variants.keys()].filter((name) =>
            missing.every((field) => isField(field, variants.get(name))),
        );
        if (missing.length > 0 && (fitting.length > 0 || hasOnlyKind(variants.get(kind)))) {
            issues.push(issue([key, "kind"], missingKind([...variants.keys()], fitting, missing)));
        } else {
            completed[key] = { kind, ...value };
        }
    }
    return { settings: completed, issues };
}

function hasOnlyKind(shape: object = {}): boolean {
    return Object.keys(shape).length === 1;
}

function missingKind(all: readonly string[], fitting: readonly string[], fields: readonly string[]): string {
    const which = fitting.length === 0 ? "" : `, which ${fitting.length === 1 ? "has" : "have"} ${allOf(fields)}`;
    return `is missing. Set it to ${oneOf(fitting.length === 0 ? all : fitting)}${which}`;
}

/** The fields of each kind of a key, by kind. */
function variantsOf(key: keyof typeof defaultKinds): ReadonlyMap<string, object> {
    const options: readonly z.ZodObject<{ kind: z.ZodLiteral<string> }>[] = stackSchema.shape[key].unwrap().options;
    return new Map(options.map(({ shape }) => [shape.kind.value, shape]));
}
