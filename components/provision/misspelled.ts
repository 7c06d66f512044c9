import type * as z from "zod";

/**
 * An object of which Keep ignores all fields but some, such as a step. Fields of other names pass, as Keep's own examples have them; one
 * that differs from a field of Keep only in case, in dashes or in a plural is an error.
 */
export function known<T extends z.ZodType<Readonly<Record<string, unknown>>>>(shape: T, fields: readonly string[]) {
    const byForm = new Map(fields.map((field) => [formOf(field), field]));
    return shape.check(({ value, issues }) => {
        for (const field of Object.keys(value)) {
            const meant = byForm.get(formOf(field));
            if (meant !== undefined && meant !== field && !Object.hasOwn(value, meant)) {
                issues.push({
                    code: "custom",
                    path: [field],
                    message: `is not read by Keep. Write ${meant}`,
                    input: value,
                });
            }
        }
    });
}

function formOf(field: string): string {
    return field
        .toLowerCase()
        .replace(/[^a-z]/g, "")
        .replace(/s$/, "");
}
