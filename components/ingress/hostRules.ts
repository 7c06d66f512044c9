import { issue, type Issue } from "../fields/issue";
import { pairs, repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { isManagedByGoogle, PRE_SHARED } from "./gce";
import { CLASS_ANNOTATION } from "./genericRules";
import { kinds } from "./kinds";
import { type TierName, TIERS } from "./paths";
import type { ExposedConfig, ExtraIngressConfig, IngressConfig } from "./settings";

/** What rules on hosts read. */
export interface HostSettings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
}

/**
 * Conditions on the hosts of all ingresses: one setting for each host of a controller, the controller's maximum number
 * of hosts, and their length in a certificate of Google.
 */
export const hostRules: readonly Rule<HostSettings>[] = [
    (settings) => servedBy(settings).flatMap(({ hosts }) => repeatedHosts(hosts)),
    (settings) => servedBy(settings).map(tooManyHosts),
    (settings) => servedBy(settings).flatMap(longHosts),
    (settings) => pairs(servedBy(settings)).flatMap(([one, other]) => sharedHosts(one, other)),
];

/** A host and its setting. */
interface Host {
    readonly path: string;
    readonly host: string;
}

/** An ingress, its key, all of its hosts, and the tiers that it routes to. */
export interface Served {
    readonly at: string;
    readonly ingress: ExposedConfig;
    readonly hosts: readonly Host[];
    readonly tiers: readonly TierName[];
}

/** All ingresses with objects, and their hosts. */
export function servedBy({ publicUrl, ingress, extraIngresses }: HostSettings): Served[] {
    const main: Host[] = [{ path: "publicUrl", host: new URL(publicUrl).hostname }];
    const served = (
        at: string,
        config: ExposedConfig,
        own: readonly Host[],
        tiers: readonly TierName[] = TIERS,
    ): Served => ({
        at,
        ingress: config,
        tiers,
        hosts: [
            ...own,
            ...config.extraHosts.map((host, index) => ({ path: `${at}.extraHosts.${index}`, host })),
            ...Object.entries(config.tierHosts).map(([tier, host]) => ({ path: `${at}.tierHosts.${tier}`, host })),
        ],
    });
    return [
        ...(ingress.kind === "none" || ingress.kind === "external" ? [] : [served("ingress", ingress, main)]),
        ...extraIngresses.map((extra, index) => {
            const at = `extraIngresses.${index}`;
            const own = extra.hosts?.map((host, position) => ({ path: `${at}.hosts.${position}`, host }));
            return served(`${at}.ingress`, extra.ingress, own ?? main, extra.tiers);
        }),
    ];
}

/** Issues of hosts that an ingress has twice. */
function repeatedHosts(hosts: readonly Host[]): Issue[] {
    return repeated(hosts, ({ host }) => host).map(([{ path, host }, first]) =>
        issue(path, `is also the host of keep:${first.path}. Remove it, or use another host`, { value: host }),
    );
}

function tooManyHosts({ at, ingress, hosts }: Served): Issue | false {
    const most = kinds[ingress.kind].mostHosts ?? Number.POSITIVE_INFINITY;
    return (
        hosts.length > most &&
        issue(at, `has ${hosts.length} hosts, and kind ${ingress.kind} accepts at most ${most}. Remove some`)
    );
}

/** Maximum length of a domain in a ManagedCertificate (deploy/managedcertificates-crd.yaml of GoogleCloudPlatform/gke-managed-certs). */
const LONGEST_MANAGED = 63;

function longHosts({ at, ingress, hosts }: Served): Issue[] {
    return hosts
        .filter(({ host }) => ingress.kind === "gce" && isManagedByGoogle(ingress) && host.length > LONGEST_MANAGED)
        .map(({ path, host }) =>
            issue(
                path,
                `has a host of ${host.length} characters, and Google manages certificates for at most ${LONGEST_MANAGED}. Use a shorter host, or set secretName, issuer or clusterIssuer in keep:${at}.tls, or the annotation ${PRE_SHARED}`,
                { value: host },
            ),
        );
}

/**
 * Issues of hosts that two ingresses route through one controller, which rejects the second one, or uses either of
 * them.
 */
function sharedHosts(one: Served, other: Served): (Issue | false)[] {
    const controller = controllerOf(one.ingress);
    return controller === undefined || controller !== controllerOf(other.ingress)
        ? []
        : one.hosts.map(
              ({ path, host }) =>
                  other.hosts.some((their) => their.host === host) &&
                  issue(
                      path === "publicUrl" ? one.at : path,
                      one.ingress.kind === other.ingress.kind
                          ? `routes ${host} through the same controller as keep:${other.at}. Use other hosts, or another controller`
                          : `routes ${host} by the same IngressClass as keep:${other.at}, which has one controller. Set className in both to the classes of their controllers, or use other hosts`,
                  ),
          );
}

/** A text that identifies the controller of an ingress; undefined if the ingress has its own load balancer. */
function controllerOf(ingress: ExposedConfig): string | undefined {
    switch (ingress.kind) {
        case "alb":
            return undefined;
        case "gateway":
            return ingress.parentRef && JSON.stringify(ingress.parentRef);
        case "openshift":
            return ingress.kind;
        case "gce":
            return JSON.stringify([ingress.kind, ingress.className]);
        case "traefik":
            return JSON.stringify([ingress.kind, ingress.className, ingress.entryPoints]);
        default: {
            // An IngressClass has one controller, whatever the kind.
            const { usualClass }: { readonly usualClass?: string } = kinds[ingress.kind];
            const className = ingress.className ?? usualClass ?? ingress.annotations[CLASS_ANNOTATION];
            return className ?? JSON.stringify([ingress.kind]);
        }
    }
}
