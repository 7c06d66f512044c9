import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { createGrant, type GrantArgs } from "../kubernetes/grant";
import { type Release, type Scope, scopeOf, secretName } from "../naming";
import { createCertificate } from "./certificate";
import type { IngressContext, IngressKind, IngressObject, ServiceNeeds } from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import { portForwards } from "./none";
import { type Endpoints, pathRules, type TierName } from "./paths";
import { type ExposedConfig, type IngressConfig, rewritesPaths } from "./settings";

/** What the ingress of a stack is made from. */
export interface IngressArgs {
    readonly release: Release;
    readonly config: IngressConfig;
    /** `keep:publicUrl`. */
    readonly publicUrl: string;
    readonly endpoints: Endpoints;
}

/** Creates the ingress that `keep:ingress.kind` names, and its certificate; prints how to forward ports instead with `none`. */
export function createIngress(name: string, args: IngressArgs, opts: pulumi.ComponentResourceOptions): void {
    const { config, release, publicUrl, endpoints } = args;
    if (config.kind === "none") {
        void pulumi.log.info(portForwards(publicUrl, release, endpoints));
        return;
    }
    const context = contextOf(config, args);
    createCertificate(`${name}-certificate`, context, opts);
    createKind(name, config.kind, context, opts);
}

/** What `keep:ingress.kind` needs of the Service of each tier. */
export function serviceNeeds(config: IngressConfig, endpoints: Endpoints): Partial<Record<TierName, ServiceNeeds>> {
    return config.kind === "none" ? {} : needsOf(config.kind, config, endpoints);
}

function needsOf<Kind extends KindName>(kind: Kind, config: KindConfig<Kind>, endpoints: Endpoints) {
    const { serviceNeeds: needs }: IngressKind<KindConfig<Kind>> = kinds[kind];
    return Object.fromEntries(
        (["frontend", "backend", "websocket"] as const).map((tier) => {
            const endpoint = endpoints[tier];
            return [tier, endpoint === undefined ? undefined : needs?.(tier, endpoint, config)];
        }),
    );
}

function contextOf<Config extends ExposedConfig>(
    config: Config,
    { release, publicUrl, endpoints }: IngressArgs,
): IngressContext<Config> {
    const { tls, extraHosts } = config;
    const encrypted = tls !== undefined && !tls.terminatedOutside;
    return {
        release,
        config,
        hosts: [new URL(publicUrl).hostname, ...extraHosts],
        encrypted,
        certificate: encrypted && !tls.defaultCertificate ? (tls.secretName ?? secretName(release, "tls")) : undefined,
        rules: pathRules(config, endpoints, rewritesPaths(config)),
        services: [endpoints.frontend, endpoints.backend, endpoints.websocket].filter((tier) => tier !== undefined),
    };
}

function createKind<Kind extends KindName>(
    name: string,
    kind: Kind,
    context: IngressContext<KindConfig<Kind>>,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { type, certificateReader, objects, policies }: IngressKind<KindConfig<Kind>> = kinds[kind];
    const { release, certificate } = context;
    const grant =
        certificate === undefined || certificateReader === undefined
            ? undefined
            : {
                  metadata: metadataOf(scopeOf(release, `${kind}-router`)),
                  rules: [
                      {
                          apiGroups: [""],
                          resources: ["secrets"],
                          resourceNames: [certificate],
                          verbs: ["get", "list", "watch"],
                      },
                  ],
                  account: certificateReader,
              };
    const ingress = new Ingress(type, name, objects(context), opts, grant);
    const attached = policies?.(context) ?? [];
    if (attached.length > 0) {
        new Ingress("keep:ingress:GkePolicies", `${name}-policies`, attached, { parent: ingress });
    }
}

/** The objects of an ingress, of whatever kind; they wait for what the controller is granted. */
class Ingress extends pulumi.ComponentResource {
    constructor(
        type: string,
        name: string,
        objects: readonly IngressObject[],
        opts: pulumi.ComponentResourceOptions,
        grant?: GrantArgs,
    ) {
        super(type, name, {}, opts);
        const dependsOn = grant === undefined ? [] : createGrant(`${name}-router`, grant, { parent: this });
        for (const { suffix, ...object } of objects) {
            if ("ingress" in object) {
                new k8s.networking.v1.Ingress(name + suffix, object.ingress, { parent: this, dependsOn });
            } else {
                new k8s.apiextensions.CustomResource(name + suffix, object.resource, { parent: this, dependsOn });
            }
        }
        this.registerOutputs({});
    }
}

function metadataOf({ name, namespace, labels }: Scope): GrantArgs["metadata"] {
    return { name, namespace, labels };
}
