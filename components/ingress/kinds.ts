import type * as z from "zod";

import { alb } from "./alb";
import { communityHaproxy } from "./communityHaproxy";
import { f5Nginx } from "./f5Nginx";
import { gateway } from "./gateway";
import { gce } from "./gce";
import { generic } from "./generic";
import { haproxy } from "./haproxy";
import type { IngressKind } from "./kind";
import { nginx } from "./nginx";
import { openshift } from "./openshift";
import { traefik } from "./traefik";

/**
 * All kinds of ingress, the default first. Schema, validation, objects, docs/ingress.md and the tests of all kinds use
 * this list.
 */
const list = {
    traefik,
    gateway,
    "f5-nginx": f5Nginx,
    haproxy,
    "haproxy-ingress": communityHaproxy,
    nginx,
    openshift,
    alb,
    gce,
    generic,
};

/** Name of a kind. */
export type KindName = keyof typeof list;

/** Settings of one kind, validated and with defaults. */
export type KindConfig<Kind extends KindName> = z.infer<(typeof list)[Kind]["schema"]>;

/** Schema of each kind's settings. */
export const schemas = list;

/** All kinds by name. */
export const kinds: { readonly [Kind in KindName]: IngressKind<KindConfig<Kind>> } = list;
