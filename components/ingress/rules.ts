import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { dnsName } from "../fields/vocabulary";
import type { WebsocketConfig } from "../websocket/settings";
import { optionalSettings } from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import { type ExposedConfig, type ExtraIngressConfig, type IngressConfig, pathsOf } from "./settings";

interface Settings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly extraIngresses: readonly ExtraIngressConfig[];
    readonly frontend: { readonly image?: string };
    readonly websocket: WebsocketConfig;
}

/** Conditions on the ingress: addresses, certificate, prefixes, and what its controller supports. */
export const ingressRules: readonly Rule<Settings>[] = [
    (settings) => [
        ...addressIssues(settings),
        ...(settings.ingress.kind === "none" || settings.ingress.kind === "external"
            ? []
            : exposedIssues(settings.ingress, settings)),
    ],
    (settings) => settings.extraIngresses.flatMap((extra, index) => extraIssues(extra, index, settings)),
];

/** What is wrong with another ingress: with itself, and beside those before it. */
function extraIssues(extra: ExtraIngressConfig, index: number, settings: Settings): (Issue | false)[] {
    const { name, hosts, tiers, ingress } = extra;
    const { extraIngresses, frontend, publicUrl } = settings;
    const at = (path: string) => `extraIngresses.${index}.${path}`;
    const before = [{ name: undefined, ingress: settings.ingress }, ...extraIngresses.slice(0, index)];
    // With hosts of its own it has https where it has a certificate, whatever keep:publicUrl has.
    const address =
        hosts === undefined ? publicUrl : `${ingress.tls === undefined ? "http" : "https"}://${hosts[0] ?? ""}`;
    const own = exposedIssues(ingress, { publicUrl: address, frontend });
    const namesServices = ingress.kind === "gce" || (ingress.kind === "gateway" && ingress.implementation === "gke");
    return [
        ...own.map((found) => found && { ...found, path: [...at("ingress").split("."), ...found.path.slice(1)] }),
        settings.ingress.kind === "none" &&
            issue(
                at("ingress.kind"),
                "has no keep:ingress beside it, which gives the public addresses. Move it there",
                {
                    value: ingress.kind,
                },
            ),
        before.some((other) => other.ingress.kind === ingress.kind && other.name === name) &&
            issue(at("name"), `is that of another ingress of kind ${ingress.kind}. Give it another name`, {
                value: name,
            }),
        name !== undefined &&
            namesServices &&
            issue(
                at("name"),
                "cannot be given: Google's objects are named after the Services, so one ingress of this kind is the most. Remove it",
                {
                    value: name,
                },
            ),
        tiers.includes("frontend") &&
            settings.ingress.kind !== "none" &&
            !hasSamePaths(ingress, settings.ingress) &&
            issue(
                at("tiers"),
                "includes the user interface, which finds API and live updates at the paths of keep:ingress. Give it the same prefixes and a kind that rewrites paths alike, or remove frontend from it",
                { value: tiers },
            ),
    ];
}

function hasSamePaths(a: ExposedConfig, b: Exclude<IngressConfig, { kind: "none" }>): boolean {
    const [left, right] = [pathsOf(a), pathsOf(b)];
    return (["frontendPrefix", "backendPrefix", "websocketPrefix", "rewritesPaths"] as const).every(
        (name) => left[name] === right[name],
    );
}

function addressIssues({ publicUrl, ingress, websocket }: Settings): (Issue | false)[] {
    const { protocol, port, hostname } = new URL(publicUrl);
    return ingress.kind === "none"
        ? [
              protocol === "https:" &&
                  issue(
                      "publicUrl",
                      "is https, which kubectl port-forward does not serve. Use http://localhost:3000, or set keep:ingress.kind to external for a router of your own that terminates TLS",
                      { value: publicUrl },
                  ),
          ]
        : [
              !dnsName().safeParse(hostname).success &&
                  issue(
                      "publicUrl",
                      "has no host name to route by. Give a DNS name, or set keep:ingress.kind to none",
                      { value: publicUrl },
                  ),
              protocol === "https:" &&
                  port !== "" &&
                  websocket.kind === "soketi" &&
                  issue(
                      "publicUrl",
                      "has a port, but with TLS the browser's websocket always uses 443, so live updates would fail. Use port 443, or set keep:websocket.kind to none",
                      { value: publicUrl },
                  ),
          ];
}

function exposedIssues(
    ingress: ExposedConfig,
    { publicUrl, frontend }: Pick<Settings, "publicUrl" | "frontend">,
): (Issue | false)[] {
    const { frontendPrefix, tls } = ingress;
    const isHttps = publicUrl.startsWith("https:");
    return [
        frontendPrefix !== "/" &&
            frontend.image === undefined &&
            issue(
                "ingress.frontendPrefix",
                "cannot be served by Keep's published image, which is built without a base path. Use /, or set keep:frontend.image to a build with that Next.js basePath",
                { value: frontendPrefix },
            ),
        ...overlapIssues(ingress),
        ...hostIssues(ingress, publicUrl),
        ...annotationIssues(ingress),
        isHttps &&
            tls === undefined &&
            issue(
                "ingress.tls",
                "is missing, but keep:publicUrl is https. Name a certificate (secretName, issuer, clusterIssuer or defaultCertificate), or set terminatedOutside",
            ),
        !isHttps &&
            tls !== undefined &&
            issue("ingress.tls", "is given, but keep:publicUrl is http. Remove it, or begin keep:publicUrl with https"),
        ...kindIssues(ingress.kind, ingress),
        ...supportIssues(ingress),
    ];
}

/** Prefixes of which one lies within another, segment by segment. The root overlaps with nothing: the longest prefix wins. */
function overlapIssues(ingress: ExposedConfig): (Issue | false)[] {
    const pairs = [
        ["websocketPrefix", "backendPrefix"],
        ["backendPrefix", "frontendPrefix"],
        ["websocketPrefix", "frontendPrefix"],
    ] as const;
    return pairs.map(([key, other]) => {
        // Without regard to case, which ingress-nginx ignores.
        const [a, b] = [ingress[key].toLowerCase(), ingress[other].toLowerCase()];
        return (
            (a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)) &&
            issue(
                `ingress.${key}`,
                `overlaps with keep:ingress.${other} (${ingress[other]}). Use prefixes that are not part of each other`,
                { value: ingress[key] },
            )
        );
    });
}

function kindIssues<Kind extends KindName>(kind: Kind, config: KindConfig<Kind>): (Issue | false)[] {
    return kinds[kind].rules?.(config) ?? [];
}

/** Settings that the controller cannot honour: one without an effect is worse than a rejected one. */
function supportIssues(config: ExposedConfig): (Issue | false)[] {
    const { kind, hsts, tls } = config;
    return [
        ...optionalSettings.map((name) => {
            const support = kinds[kind].supports[name];
            return isGiven(config[name]) && support !== true && issue(`ingress.${name}`, support);
        }),
        hsts !== undefined &&
            tls === undefined &&
            issue(
                "ingress.hsts",
                "is given, but keep:publicUrl is http, where browsers ignore it. Remove it, or begin keep:publicUrl with https",
            ),
    ];
}

function isGiven(value: unknown): boolean {
    return typeof value === "object" && value !== null ? Object.values(value).some(isGiven) : value !== undefined;
}

/** Hosts that two settings name: a controller routes a host by one of them only. */
function hostIssues({ extraHosts, tierHosts }: ExposedConfig, publicUrl: string): (Issue | false)[] {
    const hosts = [
        { path: "publicUrl", host: new URL(publicUrl).hostname },
        ...extraHosts.map((host, index) => ({ path: `ingress.extraHosts.${index}`, host })),
        ...Object.entries(tierHosts).map(([tier, host]) => ({ path: `ingress.tierHosts.${tier}`, host })),
    ];
    return hosts.map(({ path, host }, index) => {
        const other = hosts.slice(0, index).find((earlier) => earlier.host === host);
        return (
            other !== undefined &&
            issue(path, `is the host of keep:${other.path} as well. Remove it, or give another host`, { value: host })
        );
    });
}

const INGRESS_CLASS = "keep:ingress.className";
const ISSUER = "keep:ingress.tls";

/** Annotations that Kubernetes, cert-manager and Pulumi read, each with the setting that decides it. */
const MANAGED_ANNOTATIONS: Readonly<Record<string, string>> = {
    "kubernetes.io/ingress.class": INGRESS_CLASS,
    "cert-manager.io/issuer": ISSUER,
    "cert-manager.io/cluster-issuer": ISSUER,
    "cert-manager.io/issuer-kind": ISSUER,
    "cert-manager.io/issuer-group": ISSUER,
    "kubernetes.io/tls-acme": ISSUER,
    "pulumi.com/skipAwait": "keep:ingress.await",
};

/** Annotations that would undo what a setting decides. */
function annotationIssues({ kind, annotations, tierAnnotations }: ExposedConfig): (Issue | false)[] {
    const managed = Object.entries({ ...MANAGED_ANNOTATIONS, ...kinds[kind].managedAnnotations });
    const given = [
        { path: ["ingress", "annotations"], values: annotations },
        ...Object.entries(tierAnnotations).map(([tier, values]) => ({
            path: ["ingress", "tierAnnotations", tier],
            values,
        })),
    ];
    return given.flatMap(({ path, values }) =>
        Object.entries(values).map(([name, value]) => {
            const [, setting] =
                managed.find(([pattern]) =>
                    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
                ) ?? [];
            return setting !== undefined && issue([...path, name], `is decided by ${setting}. Remove it`, { value });
        }),
    );
}
