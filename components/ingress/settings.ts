import * as z from "zod";

import { distinct, dnsLabel, dnsName, oneOf } from "../fields/vocabulary";
import { type KindConfig, type KindName, kinds, schemas } from "./kinds";
import { external, externalPrefixes } from "./external";
import { none } from "./none";
import { TIERS } from "./paths";

/** The name of every kind; those without objects last. */
export const ingressKinds = [...Object.values(schemas).map(({ kind }) => kind), "external" as const, "none" as const];

const { traefik, ...others } = schemas;
const withObjects = [traefik.schema, ...Object.values(others).map(({ schema }) => schema)] as const;

/** How requests from outside reach the tiers. */
export const ingress = z.discriminatedUnion("kind", [...withObjects, external.schema, none.schema]);

/** Words that begin the last part of an object's name. In the name of an ingress, another one's object could have the same name. */
const WORDS: readonly string[] = [
    ...TIERS,
    "hsts",
    "https",
    "ingress",
    "metrics",
    "policies",
    "proxied",
    "redirect",
    "router",
    "strip",
];

/** One more ingress beside `keep:ingress`. */
export const extraIngress = z.strictObject({
    name: dnsLabel(20)
        .refine((name) => !name.split("-").some((word) => WORDS.includes(word)), {
            error: `contains a word that objects of every ingress have in their names. Avoid ${oneOf(WORDS)}`,
        })
        .optional()
        .describe("part of its objects' names; required where another ingress has the same kind"),
    hosts: distinct(dnsName())
        .min(1, { error: "is empty. Give a host, or remove it for that of keep:publicUrl" })
        .optional()
        .describe("its host names; default: the host of publicUrl"),
    tiers: distinct(z.enum(TIERS))
        .min(1, { error: `is empty. Give one or more of ${TIERS.join(", ")}` })
        .default([...TIERS])
        .describe("tiers that it routes to"),
    edgeSetsHeaders: z
        .boolean()
        .default(false)
        .describe("with keep:auth.kind oauth2proxy: true confirms that this edge overwrites its headers on every path"),
    ingress: z.discriminatedUnion("kind", withObjects).describe("kind and settings, as in keep:ingress"),
});

/** One more ingress, validated and with defaults. */
export type ExtraIngressConfig = z.infer<typeof extraIngress>;

/** How requests from outside reach the tiers, validated and with defaults. */
export type IngressConfig = z.infer<typeof ingress>;

/** Settings of an ingress that exists. */
export type ExposedConfig = { [Kind in KindName]: KindConfig<Kind> }[KindName];

/** The paths of each tier, and whether the ingress strips them. If not, the API is reached through the user interface. */
export function pathsOf(config: ExposedConfig | z.infer<typeof external.schema>) {
    return config.kind === "external"
        ? { ...externalPrefixes(config), rewritesPaths: config.rewritesPaths }
        : { ...config, rewritesPaths: kinds[config.kind].rewritesPaths };
}

/** `keep:ingress` and all others. */
export function ingressesOf(config: {
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}): IngressConfig[] {
    return [config.ingress, ...config.extraIngresses.map(({ ingress }) => ingress)];
}

/** Whether no spelling of a path reaches the metrics from outside: npm run test:edge tries many on these kinds' proxies. */
export function hidesMetrics({ kind }: Pick<IngressConfig, "kind">): boolean {
    return kind === "none" || (kind !== "external" && kinds[kind].decodesPaths);
}
