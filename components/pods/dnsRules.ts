import { isIPv4 } from "node:net";

import type { types } from "@pulumi/kubernetes";

import { type ComponentChoices, componentsOf, componentsWith, PROCESS_TIERS } from "../component";
import { hostsOf } from "../database/givenUrl";
import { isSurelyService } from "../fields/host";
import { type ImagesConfig, isPublished } from "../fields/images";
import { issue, type Issue } from "../fields/issue";
import { includesRange } from "../fields/peer";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import { releaseOf, type ReleaseSettings } from "../naming";
import { type Address, addresses, hostIn, portIn, type ServiceSettings } from "../serviceAddresses";

/** Tiers with an image of Keep. Its Jobs have the settings of the backend. */
const TIERS = componentsWith("versioned", "env");

type Tier = (typeof TIERS)[number];

/** What the rules read of keep:pods, and of a tier, which takes precedence. */
interface Resolver {
    readonly dnsConfig?: types.input.core.v1.PodDNSConfig | undefined;
    readonly hostAliases?: readonly types.input.core.v1.HostAlias[] | undefined;
}

interface TierResolver extends Resolver {
    readonly image?: string | undefined;
}

type Settings = ComponentChoices &
    Readonly<Record<Tier, TierResolver>> &
    ReleaseSettings &
    ServiceSettings & { readonly images: ImagesConfig; readonly pods: Resolver };

/**
 * The images of Keep's API and user interface are Alpine's (docker/Dockerfile.api and Dockerfile.ui). Builds of your own, and
 * other versions of Keep, can have glibc, which asks one name server after the other and tries a name in both ways.
 */
const RESOLVER = "the resolver of Keep's images (Alpine's musl)";

/**
 * Addresses on the pod's own node or in the pod, where a cache of the cluster's name server may listen. NodeLocal DNSCache
 * recommends link-local addresses, and fd00::/8 for IPv6 (cluster/addons/dns/nodelocaldns/README.md of kubernetes/kubernetes).
 */
const LOCAL = ["127.0.0.0/8", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10"];

/** Name servers of VPCs of AWS, which do not know the cluster (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html). */
const OF_AWS = ["169.254.169.253/32", "fd00:ec2::253/128"];

/** Length of the longest list of search domains that musl reads (src/network/resolvconf.c): that of its buffer without "search ". */
const LONGEST_SEARCH = 247;

/** The tiers with such an image. Jobs have that of the backend, also if the stack has no backend. */
function muslTiers(settings: Settings): Tier[] {
    const present: readonly string[] = ["backend", ...componentsOf(settings)];
    return TIERS.filter(
        (tier) =>
            present.includes(tier) &&
            settings[tier].image === undefined &&
            isPublished(settings.images, tier === "frontend" ? tier : "backend", settings.version),
    );
}

/** Where the `dnsConfig` of a tier is set. */
function placeOf(settings: Settings, tier: Tier): Tier | "pods" {
    return settings[tier].dnsConfig === undefined ? "pods" : tier;
}

/** The places of all `dnsConfig` that apply to Keep's images. */
function placesIn(settings: Settings): (Tier | "pods")[] {
    return [...new Set(muslTiers(settings).map((tier) => placeOf(settings, tier)))];
}

/** A list in an object that is passed through to Kubernetes, unless it is an Output. */
function known(list: unknown): readonly unknown[] {
    return Array.isArray(list) ? list : [];
}

/** The option ndots, the last of which applies (kubelet: mergeDNSOptions in pkg/kubelet/network/dns/dns.go). */
function ndotsOf({ dnsConfig }: Resolver): { readonly value: number; readonly index: number } | undefined {
    const options = known(dnsConfig?.options) as readonly types.input.core.v1.PodDNSConfigOption[];
    const index = options.map(({ name }) => name).lastIndexOf("ndots");
    const { value = "" } = options[index] ?? {};
    // A text without a number leaves musl's default, and 15 is its maximum (src/network/resolvconf.c).
    return index === -1 || typeof value !== "string"
        ? undefined
        : { value: Math.min(Number(/^\d+/.exec(value)?.[0] ?? 1), 15), index };
}

/** Conditions on the resolver of pods with Keep's images, which differs from glibc's. */
export const dnsRules: readonly Rule<Settings>[] = [
    (settings) =>
        placesIn(settings).map((place) => {
            const ndots = ndotsOf(settings[place]);
            return (
                ndots?.value === 0 &&
                issue(
                    [place, "dnsConfig", "options", String(ndots.index), "value"],
                    `is 0, so that ${RESOLVER} never adds the domains of the cluster, and finds no Service, not even those of the release. Set it to 3 or more, which also finds names such as db.data.svc`,
                )
            );
        }),
    (settings) =>
        placesIn(settings).flatMap((place) =>
            known(settings[place].dnsConfig?.nameservers).map(
                (server, index) =>
                    typeof server === "string" &&
                    !mayKnowServices(server) &&
                    issue(
                        [place, "dnsConfig", "nameservers", String(index)],
                        `is asked at the same time as the cluster's name server by ${RESOLVER}, which takes the first answer. If it does not know the Services of the cluster, lookups of these fail at random. Remove it, and forward its domains in the cluster's DNS (CoreDNS), or give addresses of hosts in keep:${place}.hostAliases`,
                        { value: server },
                    ),
            ),
        ),
    (settings) => placesIn(settings).map((place) => searchIssue(settings, place)),
    ...addresses.map(
        (of): Rule<Settings> =>
            (settings) =>
                of(settings).flatMap((address) => nameIssues(settings, address)),
    ),
];

/** Whether a name server may know the Services of the cluster, so that its answers are as good (src/network/res_msend.c of musl). */
function mayKnowServices(server: string): boolean {
    const range = `${server}/${isIPv4(server) ? 32 : 128}`;
    const isIn = (ranges: readonly string[]) => ranges.some((outer) => includesRange(outer, range));
    return isIn(LOCAL) && !isIn(OF_AWS);
}

/** The issue if musl ignores the list of search domains, which begins with those of the cluster (kubelet: generateSearchesForDNSClusterFirst). */
function searchIssue(settings: Settings, place: Tier | "pods"): Issue | false {
    const cluster = [`${releaseOf(settings).namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"];
    const own = known(settings[place].dnsConfig?.searches).filter((domain) => typeof domain === "string");
    const added = [...new Set(own)].filter((domain) => !cluster.includes(domain)).join(" ");
    const most = LONGEST_SEARCH - `${cluster.join(" ")} `.length;
    return (
        added.length > most &&
        issue(
            [place, "dnsConfig", "searches"],
            `has ${added.length} characters with blanks, so ${RESOLVER} ignores all search domains, also those of the cluster. With ${allOf(cluster)}, ${most} characters are left, or fewer if the nodes have search domains. Remove some`,
        )
    );
}

/**
 * The condition on `keep:databaseUrl`.
 * @param url the secret, which is not known if it is an Output
 */
export function databaseUrlNameRules(url: unknown): Rule<Settings>[] {
    return (typeof url === "string" ? hostsOf(url) : [])
        .filter((host) => !host.startsWith("/"))
        .map(
            (at): Rule<Settings> =>
                (settings) =>
                    nameIssues(settings, { path: "databaseUrl", at, from: PROCESS_TIERS, jobs: true }, true),
        );
}

/**
 * The issue if a name of a Service has so many dots that musl looks it up as it is, and never with a search domain
 * (name_from_dns_search in src/network/lookup_name.c). glibc does both.
 */
function nameIssues(settings: Settings, { path, at, from, jobs = false }: Address, isSecret = false): Issue[] {
    const host = at === undefined ? "" : hostIn(at);
    const isShort = at !== undefined && isSurelyService(host, portIn(at)) && !/(\.cluster\.local|\.)$/i.test(host);
    const dots = host.split(".").length - 1;
    const present: readonly string[] = componentsOf(settings);
    const tiers = muslTiers(settings).filter((tier) => {
        const ndots = ndotsOf(settings[placeOf(settings, tier)])?.value ?? 0;
        const connects = from.includes(tier) && (present.includes(tier) || jobs);
        return connects && ndots > 0 && dots >= ndots && !isAlias(settings, tier, host);
    });
    if (!isShort || tiers.length === 0) {
        return [];
    }
    const places = [...new Set(tiers.map((tier) => `keep:${placeOf(settings, tier)}.dnsConfig`))];
    const example = isSecret ? "db.data.svc" : host.replace(/(\.svc)?$/i, ".svc");
    return [
        issue(
            path,
            `${isSecret ? "has a host that" : ""} has no fewer dots than ndots in ${allOf(places)}, so ${RESOLVER} does not add the domains of the cluster, and does not find it. Write the full name, such as ${example}.cluster.local, or set ndots to ${dots + 1} or more`.trimStart(),
            isSecret ? {} : { value: at },
        ),
    ];
}

/** Whether /etc/hosts of a tier's pods has a name, which no name server is asked for. */
function isAlias(settings: Settings, tier: Tier, host: string): boolean {
    return [settings.pods, settings[tier]]
        .flatMap(({ hostAliases = [] }) => hostAliases)
        .some(({ hostnames }) => known(hostnames).includes(host));
}
