import { isIP } from "node:net";
import { posix } from "node:path";

import * as z from "zod";

import { isMappedIpv4 } from "../host";
import { isQualifiedName, labelValue } from "../labels";
import { count, dataKey, objectName } from "../vocabulary";

/** What Kubernetes takes in the fields of one type, beside their form. */
export type ValueRules = Readonly<Record<string, z.ZodType>>;

/** Rules for some fields of a type. All others, and those that are not given, are right. */
export function fields(shape: Readonly<Record<string, z.ZodType>>, required: readonly string[] = []) {
    const entries = Object.entries(shape).map(
        ([name, value]) => [name, required.includes(name) ? value : value.nullish()] as const,
    );
    const others = required.filter((name) => !Object.hasOwn(shape, name)).map((name) => [name, GIVEN] as const);
    return z.looseObject(Object.fromEntries([...entries, ...others])).superRefine((value, context) => {
        for (const name of required.filter((one) => value[one] === "")) {
            context.addIssue({ code: "custom", path: [name], message: MISSING });
        }
    });
}

const MISSING = "is missing. Set it";

/** A field that must not be empty. */
export const GIVEN = z
    .unknown()
    .refine((value) => value !== undefined && value !== null && value !== "", { error: MISSING });

/** Whether a field is given: Kubernetes reads an empty one as one that is not. */
export function isGiven(value: unknown): boolean {
    return value !== undefined && value !== null && value !== "";
}

/** Rules for a type of which exactly one of some fields is given. */
export function exactlyOne(names: readonly string[] | "any", shape: Readonly<Record<string, z.ZodType>> = {}) {
    return fields(shape).superRefine((value, context) => {
        const given = Object.entries(value)
            .filter(([name, field]) => (names === "any" ? name !== "name" : names.includes(name)) && isGiven(field))
            .map(([name]) => name);
        if (given.length !== 1) {
            const what = names === "any" ? "one source" : `one of ${names.join(", ")}`;
            const message = `has ${given.length === 0 ? "none of them" : given.join(" and ")}. Give exactly ${what}`;
            context.addIssue({ code: "custom", message });
        }
    });
}

/** A text out of several; `isOptional` allows an empty one, for the default. */
export function choiceOf(values: readonly string[], isOptional = true) {
    return z.string().refine((value) => values.includes(value) || (isOptional && value === ""), {
        error: `is not a known value. Use one of ${values.join(", ")}`,
    });
}

/** A whole number. */
export const number = count;

/** The key of a label, a taint or a topology. */
export const qualifiedName = z.string().refine(isQualifiedName, {
    error: "is not a name of Kubernetes. Write it like team or example.com/team",
});

/** Names and values of labels. */
export const labelMap = z.record(z.string(), z.string()).superRefine((map, context) => {
    for (const [name, value] of Object.entries(map)) {
        const isValid = isQualifiedName(name) && labelValue.safeParse(value).success;
        if (!isValid) {
            context.addIssue({ code: "custom", path: [name], message: "is not a label. Write it like {team: alerts}" });
        }
    }
});

/** Names and values of annotations. */
export const annotationMap = z.record(z.string(), z.string()).superRefine((map, context) => {
    for (const name of Object.keys(map).filter((one) => !isQualifiedName(one))) {
        context.addIssue({
            code: "custom",
            path: [name],
            message: "is not an annotation. Write it like {team: alerts}",
        });
    }
});

/** The value of a label. */
export const label = z.string().refine((value) => labelValue.safeParse(value).success, {
    error: "is not the value of a label. Use at most 63 letters, digits, dashes, underscores and dots",
});

/** The name of another object. */
export const name = objectName(253);

/** A DNS label, such as the name of a container. */
export const dnsLabel = z
    .string()
    .max(63, { error: "is longer than 63 characters. Shorten it" })
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, {
        error: "is not a DNS label. Use lower-case letters, digits and dashes, such as proxy",
    });

/** The key of a Secret or ConfigMap. */
export const key = dataKey;

/** An address. */
export const ip = z.string().refine((value) => isIP(value) !== 0 && !value.includes("%") && !isMappedIpv4(value), {
    error: "is not an IP address. Write it like 10.0.0.10",
});

const LEADS_BACK = "leads out of its directory. Remove the part .. from it";

function leadsBack(path: string): boolean {
    return path.split("/").includes("..");
}

/** A path inside a volume. */
export const relativePath = z
    .string()
    .refine((path) => !posix.isAbsolute(path), { error: "begins with a slash. Write the path inside the volume" })
    .refine((path) => !leadsBack(path), { error: LEADS_BACK });

/** A path on a node, or of a server. */
export const path = z
    .string()
    .min(1, { error: MISSING })
    .refine((value) => !leadsBack(value), { error: LEADS_BACK });

/** Rights of a file. */
export const fileMode = count(0, 0o777);

/** A port by number or name (IsValidPortName of k8s.io/apimachinery). */
export const port = z
    .union([count(1, 65535), z.string()])
    .refine((value) => typeof value === "number" || isPortName(value), {
        error: "is not a port. Give a number from 1 to 65535, or the name of a port of the container",
    });

/** Whether a text may be the name of a port. */
export function isPortName(text: string): boolean {
    return /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}
