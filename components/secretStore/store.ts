import type * as z from "zod";

import type { Destinations, Egress } from "../fields/traffic";
import type { Release } from "../naming";

/** Key of the stack that decides an environment variable, and the variable's value; undefined leaves the variable out. */
export type StoreVariable<C> = readonly [key: string, value: (store: C, release: Release) => string | undefined];

/** One place for the credentials of Keep's providers: its environment, its name, and how it is reached. */
export interface SecretStore<C> {
    /** Environment of Keep's processes (keep/secretmanager/secretmanagerfactory.py). */
    readonly env: Readonly<Record<string, StoreVariable<C>>>;
    /** What tells one store of this kind from another: two of the same kind and place hold the same credentials. */
    readonly place: (store: C, release: Release) => readonly string[];
    /** Whether Keep signs in with the token of its ServiceAccount. */
    readonly usesToken: boolean;
    /** Connections of Keep's processes to the store. */
    readonly egress?: (store: C, destinations: Destinations) => readonly Egress[];
}

/** A store with its settings, whose type its environment reads. */
export function secretStoreKind<S extends z.ZodType>(schema: S, store: SecretStore<z.output<S>>) {
    return { schema, ...store };
}
