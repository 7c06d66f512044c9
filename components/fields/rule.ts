import type { Issue } from "./issue";

/** Tells whether a top-level key, secret ones included, is given. */
export type Has<Key extends string> = (key: Key) => boolean;

/**
 * A condition between settings of different keys. It is run when every key that it reads is valid by itself: a rule that
 * comes upon one that was refused is left out.
 */
export type Rule<Settings, Key extends string = never> = (
    settings: Settings,
    has: Has<Key>,
) => readonly (Issue | false)[];
