import type * as z from "zod";

import { unionOfKinds } from "../fields/kinds";
import type { Destinations, Egress } from "../fields/traffic";
import type { Release } from "../naming";
import { aws } from "./aws";
import { database } from "./database";
import { gcp } from "./gcp";
import { kubernetes } from "./kubernetes";
import type { SecretStore } from "./store";
import { vault } from "./vault";

/** All kinds of secret store. */
const all = { kubernetes, database, vault, aws, gcp };

/** Schema of `keep:secretStore`. */
export const secretStore = unionOfKinds(Object.values(all));

/** `keep:secretStore`, validated and with defaults. */
export type SecretStoreConfig = z.infer<typeof secretStore>;

type Kind = SecretStoreConfig["kind"];
type ByKind = { readonly [K in Kind]: Extract<SecretStoreConfig, { kind: K }> };
type Settings<K extends Kind> = { readonly kind: K } & ByKind[K];

const stores: { readonly [K in Kind]: SecretStore<ByKind[K]> } = all;

/** Environment of the store; undefined: not set. */
export function storeEnv<K extends Kind>(
    store: Settings<K>,
    release: Release,
): Readonly<Record<string, string | undefined>> {
    const { env } = stores[store.kind];
    return Object.fromEntries(Object.entries(env).map(([name, [, value]]) => [name, value(store, release)]));
}

/** Variables that `keep:secretStore` sets, each with its key. */
export function storeVariables(): Readonly<Record<string, string>> {
    const variables = Object.values(stores).flatMap(({ env }) => Object.entries(env));
    return Object.fromEntries(variables.map(([name, [key]]) => [name, key]));
}

/** The only kind of store that sets a variable which Keep also reads with other kinds; undefined for other variables. */
export function onlyStoreOf(name: string): string | undefined {
    return Object.entries(stores).find(([, { otherUses }]) => otherUses?.includes(name) === true)?.[0];
}

/**
 * Kind and place of a store, such as `kubernetes/keep-secrets`. Stores with the same name contain the same credentials.
 */
export function storeName<K extends Kind>(store: Settings<K>, release: Release): string {
    return [store.kind, ...stores[store.kind].place(store, release)].join("/");
}

/**
 * The name of a store in one spelling: an address without its default port, and without a last slash. Keep's own default, which
 * stacks have recorded, is a place of Vaults without namespaces, as is the root. No other namespace can be named root
 * (https://developer.hashicorp.com/vault/docs/enterprise/namespaces#namespace-naming-restrictions).
 */
export function canonicalStore(name: string): string {
    return name
        .replace(/https?:\/\/[^/]+/, (url) => new URL(url).origin)
        .replace(/^(vault\/.*?)(\/root\/?|\/\/)$/, "$1/default")
        .replace(/\/$/, "");
}

/** Whether Keep authenticates to the store with the token of its ServiceAccount. */
export function usesToken({ kind }: Pick<SecretStoreConfig, "kind">): boolean {
    return stores[kind].usesToken;
}

/** Connections of Keep's processes to the store. */
export function storeEgress<K extends Kind>(store: Settings<K>, destinations: Destinations): readonly Egress[] {
    return stores[store.kind].egress?.(store, destinations) ?? [];
}
