import type { Issue } from "./issues";
import type { StackConfig } from "./schema";
import type { SecretKeyName } from "../secrets/settings";

/** Tells whether the stack file has a top-level key. */
export type HasKey = (key: SecretKeyName | keyof StackConfig) => boolean;

/** A condition that holds between settings of different keys. */
export interface Rule<K extends keyof StackConfig = keyof StackConfig> {
    /** Top-level keys it reads: it is skipped while one of them is itself refused. */
    readonly reads: readonly K[];
    readonly check: (config: Pick<StackConfig, K>, has: HasKey) => (Issue | false)[];
}

/** Makes a rule that sees no more of the stack than the keys it says it reads. */
export function rule<K extends keyof StackConfig>(reads: readonly K[], check: Rule<K>["check"]): Rule {
    return { reads, check };
}
