import type * as z from "zod";

import type { Destinations, Egress } from "../fields/traffic";
import type { Release } from "../naming";

/** An environment variable: the key that sets it, and a function that returns its value (undefined: not set). */
export type StoreVariable<C> = readonly [key: string, value: (store: C, release: Release) => string | undefined];

/** A kind of secret store. */
export interface SecretStore<C> {
    /** Environment of Keep's processes (keep/secretmanager/secretmanagerfactory.py). */
    readonly env: Readonly<Record<string, StoreVariable<C>>>;
    /** Variables of `env` that Keep also reads with other stores, for something else. Users may set them there. */
    readonly otherUses?: readonly string[];
    /** Text that identifies a store of this kind. Stores with the same kind and place contain the same credentials. */
    readonly place: (store: C, release: Release) => readonly string[];
    /** Whether Keep authenticates with the token of its ServiceAccount. */
    readonly usesToken: boolean;
    /** Connections of Keep's processes to the store. */
    readonly egress?: (store: C, destinations: Destinations) => readonly Egress[];
}

/** Combines a store with the schema of its settings. */
export function secretStoreKind<S extends z.ZodType>(schema: S, store: SecretStore<z.output<S>>) {
    return { schema, ...store };
}
