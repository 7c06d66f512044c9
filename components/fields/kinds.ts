import * as z from "zod";

import { oneOf } from "./vocabulary";

/** Settings of one variant, which `kind` tells from the others. */
type KindSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/**
 * The union of the settings of several variants, such as the kinds of `keep:auth`, in the order of the list. Each variant is one
 * value in one file; the message about an unknown kind follows from the list.
 * @throws Error for an empty list.
 */
export function unionOfKinds<V extends { readonly schema: KindSchema }>(variants: readonly V[]) {
    const [first, ...others] = variants.map(({ schema }): V["schema"] => schema);
    if (first === undefined) {
        throw new Error("A union has at least one kind.");
    }
    const kinds = [first, ...others].map(({ shape }) => shape.kind.value);
    const error = `has no known kind. Set kind to ${oneOf(kinds)}`;
    return z.discriminatedUnion("kind", [first, ...others], { error });
}
