import * as z from "zod";

/**
 * An enumeration with a description of each value, which the documentation and editors show (`enumDescriptions` of
 * https://code.visualstudio.com/docs/languages/json#_rich-content-in-hovers).
 */
export function choice<const Meanings extends Readonly<Record<string, string>>>(meanings: Meanings) {
    const values = Object.keys(meanings) as (keyof Meanings & string)[];
    return z.enum(values).meta({ enumDescriptions: Object.values(meanings) });
}
