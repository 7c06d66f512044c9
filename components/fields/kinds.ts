import * as z from "zod";

/** Settings of one variant, which `kind` tells from the others. */
type KindSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/**
 * The union of the settings of several variants, such as the kinds of `keep:auth`, in the order of the list. Each variant is one
 * value in one file.
 * @throws Error for an empty list.
 */
export function unionOfKinds<V extends { readonly schema: KindSchema }>(variants: readonly V[]) {
    const [first, ...others] = variants.map(({ schema }): V["schema"] => schema);
    if (first === undefined) {
        throw new Error("A union has at least one kind.");
    }
    return z.discriminatedUnion("kind", [first, ...others]);
}
