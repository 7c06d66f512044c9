import * as z from "zod";

import { type KindConfig, type KindName, kinds, schemas } from "./kinds";
import { none } from "./none";

/** The name of every kind, `none` last. */
export const ingressKinds = [...Object.values(schemas).map(({ kind }) => kind), "none" as const];

const { nginx, ...others } = schemas;

/** How requests from outside reach the tiers. */
export const ingress = z.discriminatedUnion("kind", [
    nginx.schema,
    ...Object.values(others).map(({ schema }) => schema),
    none.schema,
]);

/** How requests from outside reach the tiers, validated and with defaults. */
export type IngressConfig = z.infer<typeof ingress>;

/** Settings of an ingress that exists. */
export type ExposedConfig = { [Kind in KindName]: KindConfig<Kind> }[KindName];

/** Whether an ingress strips prefixes from paths. If not, the API is reached through the user interface. */
export function rewritesPaths({ kind }: ExposedConfig): boolean {
    return kinds[kind].rewritesPaths;
}

/** Whether no spelling of a path reaches the metrics from outside: npm run test:edge tries many on these kinds' proxies. */
export function hidesMetrics({ kind }: Pick<IngressConfig, "kind">): boolean {
    return kind === "none" || kinds[kind].decodesPaths;
}
