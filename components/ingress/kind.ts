import type * as k8s from "@pulumi/kubernetes";
import * as z from "zod";

import { commonFields, fixedPrefixes, prefixes, type SharedConfig } from "./fields";
import type { Issue } from "../fields/issue";
import type { Endpoint, ServiceSettings } from "../kubernetes/workload";
import type { Release } from "../naming";
import type { PathRule, TierName } from "./paths";

/** Settings that some controllers cannot honour. */
export const optionalSettings = ["hsts", "maxBodyMegabytes", "tierAnnotations"] as const;

/** What a kind needs of the Service of a tier: annotations, and the protocol of its port. */
export type ServiceNeeds = Pick<ServiceSettings, "annotations" | "appProtocol">;

/** Everything that the objects of an ingress follow from. */
export interface IngressContext<Config = SharedConfig & { readonly kind: string }> {
    readonly release: Release;
    readonly config: Config;
    /** Tells it apart from another ingress of its kind. */
    readonly name?: string | undefined;
    /** Component of the objects' names. It contains the kind, so that objects of two kinds can coexist. */
    readonly component: string;
    /** Every host name, that of `keep:publicUrl` first. */
    readonly hosts: readonly string[];
    /** Whether the controller terminates TLS. */
    readonly encrypted: boolean;
    /** Secret with the certificate; undefined without TLS, and when the controller has a certificate of its own. */
    readonly certificate: string | undefined;
    /** Every public path, the longest first. */
    readonly rules: readonly PathRule[];
    /** Services of the tiers that exist. */
    readonly services: readonly Endpoint[];
}

/** One object of an ingress. `suffix` follows the ingress's own logical name, and tells its objects of one type apart. */
export type IngressObject = { readonly suffix: string } & (
    { readonly ingress: k8s.networking.v1.IngressArgs } | { readonly resource: k8s.apiextensions.CustomResourceArgs }
);

/** Everything about one kind of ingress but its schema, which follows from `kind`, `description` and `fields`. */
export interface IngressKind<Config> {
    readonly kind: string;
    /** Pulumi type of the component that holds the objects. It is a part of their URNs, so it never changes. */
    readonly type: `keep:ingress:${string}`;
    /** Controller and its versions, for the schema and for docs/ingress.md. */
    readonly description: string;
    /** Whether the controller can strip a prefix from a path. Without that the API is reached through the frontend. */
    readonly rewritesPaths: boolean;
    /** Whether the controller decodes a path before matching it, so that an encoded path cannot bypass a rule. */
    readonly decodesPaths: boolean;
    /** For each optional setting: whether the controller can honour it, or why not and what to do instead. */
    readonly supports: Readonly<Record<(typeof optionalSettings)[number], true | string>>;
    /** Most hosts of one ingress; undefined: any number. */
    readonly mostHosts?: number;
    /** Annotations that the program sets, each with the setting that decides it; a name ends with * where only its beginning is fixed. */
    readonly managedAnnotations: Readonly<Record<string, string>>;
    /** Conditions between the settings of this kind. */
    readonly rules?: (config: Config) => (Issue | false)[];
    readonly serviceNeeds?: (tier: TierName, endpoint: Endpoint, config: Config) => ServiceNeeds;
    /** ServiceAccount of the controller, where it needs a Role to read the certificate's Secret. */
    readonly certificateReader?: { readonly name: string; readonly namespace: string };
    readonly objects: (context: IngressContext<Config>) => readonly IngressObject[];
    /** Objects attached to the Services, in a component of their own. */
    readonly policies?: (context: IngressContext<Config>) => readonly IngressObject[];
    readonly documentation: Documentation;
}

/** What docs/ingress.md says of a kind. */
export interface Documentation {
    /** The objects that are created, for the table of kinds. */
    readonly objects: string;
    /** Settings of a typical stack beside `kind`, for an https address. */
    readonly recipe: Readonly<Record<string, unknown>>;
    /** Requirements and limits, in Markdown. */
    readonly notes: string;
}

/** Completes a kind with its schema. */
export function ingressKind<const Kind extends string, Fields extends z.core.$ZodLooseShape>(
    spec: { readonly kind: Kind; readonly fields: Fields } & IngressKind<
        z.infer<z.ZodObject<{ kind: z.ZodLiteral<Kind> } & typeof prefixes & typeof commonFields & Fields>>
    >,
) {
    const { kind, description, fields, rewritesPaths } = spec;
    const schema = z.strictObject({
        kind: z.literal(kind).describe(description),
        ...(rewritesPaths ? prefixes : fixedPrefixes),
        ...commonFields,
        ...fields,
    });
    return { ...spec, schema };
}
