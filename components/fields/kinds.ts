import * as z from "zod";

/** Schema of one variant. */
type KindSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/**
 * The union of the schemas of variants, such as the kinds of `keep:auth`, in the order of the list.
 * @throws Error for an empty list
 */
export function unionOfKinds<V extends { readonly schema: KindSchema }>(variants: readonly V[]) {
    const [first, ...others] = variants.map(({ schema }): V["schema"] => schema);
    if (first === undefined) {
        throw new Error("A union needs at least one kind.");
    }
    return z.discriminatedUnion("kind", [first, ...others]);
}
