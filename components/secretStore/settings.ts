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

/** Every secret store, each whole in a file of its own. */
const all = { kubernetes, database, vault, aws, gcp };

/** Where Keep stores the credentials of its providers. */
export const secretStore = unionOfKinds(Object.values(all));

/** Where Keep stores the credentials of its providers, validated and with defaults. */
export type SecretStoreConfig = z.infer<typeof secretStore>;

type Kind = SecretStoreConfig["kind"];
type ByKind = { readonly [K in Kind]: Extract<SecretStoreConfig, { kind: K }> };
type Settings<K extends Kind> = { readonly kind: K } & ByKind[K];

const stores: { readonly [K in Kind]: SecretStore<ByKind[K]> } = all;

/** Environment that says where the store is; an undefined value leaves the name out. */
export function storeEnv<K extends Kind>(
    store: Settings<K>,
    release: Release,
): Readonly<Record<string, string | undefined>> {
    const { env } = stores[store.kind];
    return Object.fromEntries(Object.entries(env).map(([name, [, value]]) => [name, value(store, release)]));
}

/** Variables that `keep:secretStore` decides, each with the key that does. */
export function storeVariables(): Readonly<Record<string, string>> {
    const variables = Object.values(stores).flatMap(({ env }) => Object.entries(env));
    return Object.fromEntries(variables.map(([name, [key]]) => [name, key]));
}

/** Kind and place of a store, such as `kubernetes/keep-secrets`: two of the same name hold the same credentials. */
export function storeName<K extends Kind>(store: Settings<K>, release: Release): string {
    return [store.kind, ...stores[store.kind].place(store, release)].join("/");
}

/** Whether Keep signs in to the store with the token of its ServiceAccount. */
export function usesToken({ kind }: Pick<SecretStoreConfig, "kind">): boolean {
    return stores[kind].usesToken;
}

/** Connections of Keep's processes to the store. */
export function storeEgress<K extends Kind>(store: Settings<K>, destinations: Destinations): readonly Egress[] {
    return stores[store.kind].egress?.(store, destinations) ?? [];
}
