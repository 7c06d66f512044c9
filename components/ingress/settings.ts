import * as z from "zod";

import { allOf, distinct, dnsLabel, dnsName, oneOf } from "../fields/vocabulary";
import { type KindConfig, type KindName, kinds, schemas } from "./kinds";
import { external, externalPrefixes } from "./external";
import { none } from "./none";
import { TIERS, type TierName } from "./paths";

/** The names of all kinds; those without objects last. */
export const ingressKinds = [...Object.values(schemas).map(({ kind }) => kind), "external" as const, "none" as const];

const { traefik, ...others } = schemas;
const withObjects = [traefik.schema, ...Object.values(others).map(({ schema }) => schema)] as const;

/** Schema of `keep:ingress`. */
export const ingress = z.discriminatedUnion("kind", [...withObjects, external.schema, none.schema]);

/**
 * Words in the names of objects. If the name of an ingress contained one, two ingresses could have objects with the
 * same name.
 */
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

/** Schema of an entry in `keep:extraIngresses`. */
export const extraIngress = z.strictObject({
    name: dnsLabel(20)
        .superRefine((name, context) => {
            const words = name.split("-").filter((word) => WORDS.includes(word));
            if (words.length > 0) {
                const message = `contains ${allOf(words)}, and an ingress has objects with such words in their names. Do not use ${oneOf(WORDS)}`;
                context.addIssue({ code: "custom", message });
            }
        })
        .optional()
        .describe("part of its objects' names; required where another ingress has the same kind"),
    hosts: distinct(dnsName())
        .min(1, { error: "is empty. Add a host, or remove it to use that of keep:publicUrl" })
        .optional()
        .describe("its host names; default: the host of publicUrl"),
    tiers: distinct(z.enum(TIERS))
        .min(1, { error: `is empty. Add one or more of ${TIERS.join(", ")}` })
        .default([...TIERS])
        .describe("tiers that it routes to"),
    edgeSetsHeaders: z
        .boolean()
        .default(false)
        .describe("with keep:auth.kind oauth2proxy: true confirms that this edge overwrites its headers on every path"),
    ingress: z.discriminatedUnion("kind", withObjects).describe("kind and settings, as in keep:ingress"),
});

/** An entry in `keep:extraIngresses`, validated and with defaults. */
export type ExtraIngressConfig = z.infer<typeof extraIngress>;

/** `keep:ingress`, validated and with defaults. */
export type IngressConfig = z.infer<typeof ingress>;

/** Settings of an ingress with objects. */
export type ExposedConfig = { [Kind in KindName]: KindConfig<Kind> }[KindName];

/** The path prefix of each tier, and whether the ingress strips it. If not, the user interface proxies the API. */
export function pathsOf(config: ExposedConfig | z.infer<typeof external.schema>) {
    return config.kind === "external"
        ? { ...externalPrefixes(config), rewritesPaths: config.rewritesPaths }
        : { ...config, rewritesPaths: kinds[config.kind].rewritesPaths };
}

/** `keep:ingress` and all others, each with its path in the settings, its name and its tiers. */
export function placedIngresses({ ingress, extraIngresses }: AllIngresses) {
    return [
        { path: "ingress", name: undefined, config: ingress, tiers: TIERS as readonly TierName[] },
        ...extraIngresses.map(({ ingress: config, name, tiers }, index) => ({
            path: `extraIngresses.${index}.ingress`,
            name,
            config,
            tiers,
        })),
    ];
}

/** All ingresses with objects, each with its path in the settings and its tiers. */
export function exposedIngresses(all: AllIngresses) {
    return placedIngresses(all).flatMap(({ config, ...place }) =>
        config.kind === "none" || config.kind === "external" ? [] : { ...place, config },
    );
}

/**
 * The path of an issue in an ingress, by the path of that ingress, for one that is written for the keys of
 * `keep:ingress`. Other paths stay.
 */
export function pathIn(place: string, path: readonly string[]): readonly string[] {
    return path[0] === "ingress" ? [...place.split("."), ...path.slice(1)] : path;
}

/** `keep:ingress` and all others. */
export function ingressesOf(all: AllIngresses): IngressConfig[] {
    return placedIngresses(all).map(({ config }) => config);
}

/** The settings of `keep:ingress` and all others. */
export interface AllIngresses {
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}

/**
 * Whether the kind blocks the metrics in all encodings of their path. `npm run test:edge` tries many on the proxies of
 * these kinds.
 */
export function hidesMetrics({ kind }: Pick<IngressConfig, "kind">): boolean {
    return kind === "none" || (kind !== "external" && kinds[kind].decodesPaths);
}

/**
 * Whether Keep requires no API key for /metrics/processing (keep/api/routes/metrics.py). Its cast takes 1, and true in
 * any case.
 */
export function showsMetrics({ env }: { readonly env: Readonly<Record<string, unknown>> }): boolean {
    const { KEEP_NO_AUTH_METRICS: value = "false" } = env;
    return !(typeof value === "string" && /^(false|0)$/i.test(value));
}
