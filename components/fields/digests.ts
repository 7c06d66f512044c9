/** Digest of each default image, by its reference with the tag. Written by `npm run digests`, which reads them from the registries. */
export const DIGESTS: Readonly<Record<string, string>> = {};
