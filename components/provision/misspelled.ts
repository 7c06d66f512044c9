import type * as z from "zod";

type Content = Readonly<Record<string, unknown>>;

/** Where a field belongs that Keep ignores in this object, as a sentence; undefined for fields that Keep reads nowhere. */
export type Place = (field: string, content: Content) => string | undefined;

/**
 * An object of which Keep ignores all fields but some, such as a step. Fields of other names pass, as Keep's own examples have them; one
 * that differs from a field of Keep only in case, in dashes or in a plural is an error, and so is one that Keep reads in another place.
 */
export function known<T extends z.ZodType<Content>>(
    shape: T,
    fields: readonly string[],
    placeOf: Place = () => undefined,
) {
    const byForm = new Map(fields.map((field) => [formOf(field), field]));
    return shape.check(({ value, issues }) => {
        for (const field of Object.keys(value).filter((name) => !fields.includes(name))) {
            const meant = byForm.get(formOf(field));
            const place = isEmpty(value[field]) ? undefined : placeOf(field, value);
            const help =
                meant !== undefined && !Object.hasOwn(value, meant)
                    ? `is not read by Keep. Write ${meant}`
                    : place && `is not read by Keep in this place. ${place}`;
            if (help !== undefined) {
                issues.push({ code: "custom", path: [field], message: help, input: value });
            }
        }
    });
}

/** Whether a value says nothing, so that Keep may ignore it. */
export function isEmpty(value: unknown): boolean {
    return typeof value === "object"
        ? value === null || Object.keys(value).length === 0
        : value === undefined || value === "";
}

function formOf(field: string): string {
    return field
        .toLowerCase()
        .replace(/[^a-z]/g, "")
        .replace(/s$/, "");
}
