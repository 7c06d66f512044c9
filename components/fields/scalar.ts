import * as z from "zod";

/** The message for a number that YAML and JSON round to 53 bits, so that an id becomes another one. */
export const ROUNDED = "loses digits, because it is too large for a number. Write it in quotes";

/** A value that a stack file may write as text, number or switch, and that becomes text. */
export const scalar = z
    .union(
        [
            z.string(),
            z.number().refine((number) => Math.abs(number) <= Number.MAX_SAFE_INTEGER, { error: ROUNDED }),
            z.boolean(),
        ],
        { error: "is not text. Write text, a number, true or false" },
    )
    .transform(String);
