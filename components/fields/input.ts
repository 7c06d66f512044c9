import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { isLater, numberToken, textToken } from "../tokens";

/**
 * Marks a setting as an input, for which programs may pass an Output. Types, validation and the package's schema depend
 * on this mark.
 */
export function input<T extends z.ZodType<string | number>>(schema: T) {
    const tokenOf = schema instanceof z.ZodNumber ? numberToken : textToken;
    const given = z
        .custom<pulumi.Output<z.input<T>> | Promise<z.input<T>>>(isLater, { params: { isOutput: true } })
        .transform((value) => tokenOf(pulumi.output(value)) as z.output<T>);
    return z.union([schema, given]).meta({ input: true });
}
