import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { resolveInputs } from "../tokens";
import type { Endpoint } from "../kubernetes/workload";
import { createGrant, type GrantArgs } from "../kubernetes/grant";
import { type Release, type Scope, scopeOf, secretName } from "../naming";
import { createCertificates } from "./certificates";
import { routesToConfigure } from "./external";
import {
    componentOfIngress,
    type IngressContext,
    type IngressKind,
    type IngressObject,
    type ServiceNeeds,
} from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import { portForwards } from "./none";
import { type Endpoints, hostsOf, pathRules, type TierName, TIERS } from "./paths";
import type { ExposedConfig, ExtraIngressConfig, IngressConfig } from "./settings";

/** Arguments of createIngresses. */
export interface IngressArgs {
    readonly release: Release;
    readonly config: {
        readonly publicUrl: string;
        readonly ingress: IngressConfig;
        readonly extraIngresses: readonly ExtraIngressConfig[];
    };
    readonly endpoints: Endpoints;
}

/**
 * Creates all ingresses with their certificates, and returns the ingresses. With kind `none` and `external`, prints the
 * next steps.
 */
export function createIngresses(
    name: string,
    args: IngressArgs,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
    const { release, endpoints } = args;
    const { publicUrl, ingress, extraIngresses } = args.config;
    const { hostname } = new URL(publicUrl);
    const exposures: Exposure[] = extraIngresses.map((extra) => ({ hosts: [hostname], ...extra }));
    if (ingress.kind === "none") {
        print(portForwards(publicUrl, release, endpoints));
    } else if (ingress.kind === "external") {
        print(routesToConfigure(ingress, publicUrl, release, endpoints));
    } else {
        exposures.unshift({ hosts: [hostname], tiers: TIERS, ingress });
    }
    const contexts = exposures.map((exposure) => contextOf(exposure.ingress, exposure, args));
    createCertificates(name, contexts, opts);
    const ingresses = contexts.map((context) => createKind(ownName(name, context), context.config.kind, context, opts));
    createPolicies(name, contexts, ingresses, opts);
    return ingresses;
}

/** The logical name of an ingress. */
function ownName(name: string, context: IngressContext): string {
    return context.name === undefined ? name : `${name}-${context.name}`;
}

/**
 * Creates the objects for the Services, which exist once. Their URNs do not depend on the ingresses, or another order
 * of these would create the objects anew before it deletes the old ones of the same names.
 */
function createPolicies(
    name: string,
    contexts: readonly IngressContext<ExposedConfig>[],
    ingresses: readonly pulumi.Resource[],
    opts: pulumi.ComponentResourceOptions,
): void {
    const [policies] = contexts
        .map((context) => policiesOf(context.config.kind, context))
        .filter(({ length }) => length);
    if (policies !== undefined) {
        // They were below an ingress.
        const aliases = contexts.map((context, index) => ({
            name: `${ownName(name, context)}-policies`,
            parent: ingresses[index],
        }));
        new Ingress("keep:ingress:GkePolicies", `${name}-policies`, policies, { ...opts, aliases });
    }
}

function policiesOf<Kind extends KindName>(kind: Kind, context: IngressContext<KindConfig<Kind>>) {
    const { policies }: IngressKind<KindConfig<Kind>> = kinds[kind];
    return policies?.(context) ?? [];
}

function print(text: string): void {
    pulumi.output(resolveInputs(text)).apply((known) => pulumi.log.info(known));
}

/** The annotations and protocol that all ingresses need on the Service of each tier. */
export function serviceNeeds(configs: readonly IngressConfig[], endpoints: Endpoints): Record<TierName, ServiceNeeds> {
    const exposed = configs.filter((config) => config.kind !== "none" && config.kind !== "external");
    const needsOf = (tier: TierName) => {
        const endpoint = endpoints[tier];
        const needs =
            endpoint === undefined ? [] : exposed.map((config) => needsOfKind(config.kind, config, tier, endpoint));
        return {
            annotations: Object.assign({}, ...needs.map((need) => need?.annotations)) as Record<string, string>,
            appProtocol: needs.find((need) => need?.appProtocol !== undefined)?.appProtocol,
        };
    };
    return { frontend: needsOf("frontend"), backend: needsOf("backend"), websocket: needsOf("websocket") };
}

function needsOfKind<Kind extends KindName>(kind: Kind, config: KindConfig<Kind>, tier: TierName, endpoint: Endpoint) {
    const { serviceNeeds: needs }: IngressKind<KindConfig<Kind>> = kinds[kind];
    return needs?.(tier, endpoint, config);
}

/** An ingress with its tiers and hosts. */
interface Exposure {
    readonly name?: string | undefined;
    readonly hosts: readonly string[];
    readonly tiers: readonly TierName[];
    readonly ingress: ExposedConfig;
}

function contextOf<Config extends ExposedConfig>(
    config: Config,
    { name, hosts: own, tiers }: Exposure,
    { release, endpoints }: IngressArgs,
): IngressContext<Config> {
    const { kind, tls, extraHosts } = config;
    const encrypted = tls !== undefined && !tls.terminatedOutside;
    const hosts = [...own, ...extraHosts];
    const rules = pathRules(config, endpoints, { hosts, tiers, strip: kinds[kind].rewritesPaths });
    const defaultSecret = secretName(release, name === undefined ? "tls" : `tls-${name}`);
    return {
        release,
        name,
        config,
        component: componentOfIngress(kind, name),
        hosts: [...new Set([...hosts, ...hostsOf(rules)])],
        encrypted,
        certificate: encrypted && !tls.defaultCertificate ? (tls.secretName ?? defaultSecret) : undefined,
        rules,
        services: TIERS.flatMap((tier) => endpoints[tier] ?? []),
    };
}

function createKind<Kind extends KindName>(
    name: string,
    kind: Kind,
    context: IngressContext<KindConfig<Kind>>,
    opts: pulumi.ComponentResourceOptions,
): pulumi.Resource {
    const { type, certificateReader, objects }: IngressKind<KindConfig<Kind>> = kinds[kind];
    const { release, certificate } = context;
    const grant =
        certificate === undefined || certificateReader === undefined
            ? undefined
            : {
                  metadata: metadataOf(scopeOf(release, `${context.component}-router`)),
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
    return new Ingress(type, name, objects(context), opts, grant);
}

/** The objects of an ingress of any kind. They are created after the Role of the controller. */
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
                const { resource, replaceOnChanges } = object;
                const replacement = replaceOnChanges && { replaceOnChanges, deleteBeforeReplace: true };
                const options = { parent: this, dependsOn, ...replacement };
                new k8s.apiextensions.CustomResource(name + suffix, resource, options);
            }
        }
        this.registerOutputs({});
    }
}

function metadataOf({ name, namespace, labels }: Scope): GrantArgs["metadata"] {
    return { name, namespace, labels };
}
