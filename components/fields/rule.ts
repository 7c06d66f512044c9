import type { Issue } from "./issue";

/** Whether a top-level key is set, including secret keys. */
export type Has<Key extends string> = (key: Key) => boolean;

/**
 * A condition between keys. Returns its issues; `false` is ignored. A rule is skipped if a key that it reads is
 * invalid.
 */
export type Rule<Settings, Key extends string = never> = (
    settings: Settings,
    has: Has<Key>,
) => readonly (Issue | false)[];
