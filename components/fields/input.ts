import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { isLater, numberToken, textToken } from "../tokens";

/** Marks a setting of the schema as an input: a program may give an Output. Types, checks and the package's schema follow from it. */
export function input<T extends z.ZodType<string | number>>(schema: T) {
    const tokenOf = schema instanceof z.ZodNumber ? numberToken : textToken;
    const given = z
        .custom<pulumi.Output<z.input<T>> | Promise<z.input<T>>>(isLater, { params: { isOutput: true } })
        .transform((value) => tokenOf(pulumi.output(value)) as z.output<T>);
    return z.union([schema, given]).meta({ input: true });
}
