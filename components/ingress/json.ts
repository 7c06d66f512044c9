import type * as z from "zod";

/** The JSON in a text that fits a schema; undefined for all others. */
export function parsedJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
    try {
        return schema.safeParse(JSON.parse(text)).data;
    } catch {
        return undefined;
    }
}
