import * as z from "zod";

/** A version of Keep: the tag of its images, and the value of a label. */
export const version = z
    .string()
    .max(63, { error: "is longer than 63 characters. Write it like 0.54.2" })
    .regex(/^[0-9]+\.[0-9]+\.[0-9]+([-.a-z0-9]*[a-z0-9])?$/, {
        error: "is not a version. Write it like 0.54.2, without a v",
    });
