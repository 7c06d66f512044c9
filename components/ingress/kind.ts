import type * as k8s from "@pulumi/kubernetes";
import * as z from "zod";

import type { AccessTable } from "./accessTable";
import { commonFields, fixedPrefixes, prefixes, type SharedConfig } from "./fields";
import type { Issue } from "../fields/issue";
import type { Endpoint, ServiceSettings } from "../kubernetes/workload";
import type { Release } from "../naming";
import type { PathRule, TierName } from "./paths";
import type { AnnotationFault } from "./protocols";

/** Settings that not all controllers support. */
export const optionalSettings = ["hsts", "maxBodyMegabytes", "tierAnnotations"] as const;

/** Annotations and protocol that a kind needs on the Service of a tier. */
export type ServiceNeeds = Pick<ServiceSettings, "annotations" | "appProtocol">;

/** Arguments for creating the objects of an ingress. */
export interface IngressContext<Config = SharedConfig & { readonly kind: string }> {
    readonly release: Release;
    readonly config: Config;
    /** Name that distinguishes it from other ingresses of its kind. */
    readonly name?: string | undefined;
    /** Component in the objects' names. It contains the kind, so that objects of two kinds can coexist. */
    readonly component: string;
    /** All hosts, that of `keep:publicUrl` first. */
    readonly hosts: readonly string[];
    /** Whether the controller terminates TLS. */
    readonly encrypted: boolean;
    /** Secret with the certificate; undefined without TLS, and with the controller's default certificate. */
    readonly certificate: string | undefined;
    /** All public paths, the longest first. */
    readonly rules: readonly PathRule[];
    /** Services of the tiers that exist. */
    readonly services: readonly Endpoint[];
}

/**
 * An object of an ingress. `suffix` is appended to the ingress's logical name, and is unique among its objects of one
 * type.
 */
export type IngressObject = { readonly suffix: string } & (
    | { readonly ingress: k8s.networking.v1.IngressArgs }
    | {
          readonly resource: k8s.apiextensions.CustomResourceArgs;
          /** Fields that the API server does not let everybody update who may create the object. */
          readonly replaceOnChanges?: string[] | undefined;
      }
);

/** A kind of ingress without its schema, which is derived from `kind`, `description` and `fields`. */
export interface IngressKind<Config> {
    readonly kind: string;
    /** Pulumi type of the component of the objects. It is part of their URNs, so it must not change. */
    readonly type: `keep:ingress:${string}`;
    /** Controller and its versions, for the schema and for docs/ingress.md. */
    readonly description: string;
    /** Whether the controller can strip a prefix from a path. If not, the frontend proxies the API. */
    readonly rewritesPaths: boolean;
    /** Whether the controller decodes a path before matching it, so that an encoded path cannot bypass a rule. */
    readonly decodesPaths: boolean;
    /** For each optional setting: true if the controller supports it, otherwise the reason and the alternative. */
    readonly supports: Readonly<Record<(typeof optionalSettings)[number], true | string>>;
    /** Maximum number of hosts of an ingress; undefined: unlimited. */
    readonly mostHosts?: number;
    /**
     * Names of the annotations that the controller reads, by their prefix; undefined where the program does not know
     * them. A name that ends with * is a prefix.
     */
    readonly reads?: Readonly<Record<string, readonly string[] | undefined>>;
    /** The IngressClass of Ingresses without `className`; undefined: none, or only one controller can have the class. */
    readonly usualClass?: string;
    /** The platform that alone has the controller; undefined: any. */
    readonly platform?: "openshift";
    /** Whether the kind stands for any controller, which may read the annotations of every kind. */
    readonly isAnyController?: true;
    /** Annotations that the program sets, each with its setting. A name that ends with * is a prefix. */
    readonly managedAnnotations: Readonly<Record<string, string>>;
    /**
     * The names of annotations that the controller also reads from Services, where they take precedence over those of
     * the Ingress; undefined: none. It reads all others from the Ingress alone.
     */
    readonly readsServices?: RegExp;
    /** Names of annotations of Services that another controller of the platform reads, but not this one, and what to do. */
    readonly ignoresOnServices?: { readonly names: RegExp; readonly fix: string };
    /** What the program knows about the annotations that decide about access. */
    readonly access?: AccessTable;
    /**
     * Whether annotations of the Ingress make the controller terminate TLS, where the program does not set them, and
     * otherwise what to do; undefined: the certificate of the Ingress does.
     */
    readonly terminatesTls?: (annotations: Readonly<Record<string, string>>) => true | string;
    /** Whether the controller reads annotations of one tier from its Service, to which `serviceNeeds` writes them. */
    readonly tierAnnotationsOnServices?: true;
    /** Values of other annotations with which requests would not reach the pods. */
    readonly annotationFault?: AnnotationFault;
    /** The name in `managedAnnotations` that the controller reads an annotation as; by default the name itself. */
    readonly readAs?: (name: string) => string;
    /** Conditions between the settings of this kind. */
    readonly rules?: (config: Config, isHttps: boolean) => (Issue | false)[];
    readonly serviceNeeds?: (tier: TierName, endpoint: Endpoint, config: Config) => ServiceNeeds;
    /** ServiceAccount of the controller, if it needs a Role to read the certificate's Secret. */
    readonly certificateReader?: { readonly name: string; readonly namespace: string };
    readonly objects: (context: IngressContext<Config>) => readonly IngressObject[];
    /** Objects for the Services, in a separate component. */
    readonly policies?: (context: IngressContext<Config>) => readonly IngressObject[];
    readonly documentation: Documentation;
}

/** Documentation of a kind in docs/ingress.md. */
export interface Documentation {
    /** Created objects, for the table of kinds. */
    readonly objects: string;
    /** Settings of a typical stack with https, without `kind`. */
    readonly recipe: Readonly<Record<string, unknown>>;
    /** Requirements and limits, in Markdown. */
    readonly notes: string;
}

/** Adds the schema to a kind. */
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

/** The component of an ingress, from which its objects have their names. */
export function componentOfIngress(kind: string, name: string | undefined): string {
    return name === undefined ? kind : `${kind}-${name}`;
}
