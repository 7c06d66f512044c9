import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { dnsName } from "../fields/vocabulary";
import type { WebsocketConfig } from "../websocket/settings";
import { optionalSettings } from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import type { ExposedConfig, IngressConfig } from "./settings";

interface Settings {
    readonly publicUrl: string;
    readonly ingress: IngressConfig;
    readonly frontend: { readonly image?: string };
    readonly websocket: WebsocketConfig;
}

/** Conditions on the ingress: addresses, certificate, prefixes, and what its controller supports. */
export const ingressRules: readonly Rule<Settings>[] = [
    (settings) => [
        ...addressIssues(settings),
        ...(settings.ingress.kind === "none" ? [] : exposedIssues(settings.ingress, settings)),
    ],
];

function addressIssues({ publicUrl, ingress, websocket }: Settings): (Issue | false)[] {
    const { protocol, port, hostname } = new URL(publicUrl);
    const isEncrypted = protocol === "https:" && websocket.kind === "soketi";
    return ingress.kind === "none"
        ? [
              isEncrypted &&
                  issue(
                      "publicUrl",
                      "is https, but without an ingress browsers reach the websocket by plain port-forward. Use http://localhost:3000, or set keep:websocket.kind to none",
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
              isEncrypted &&
                  port !== "" &&
                  issue(
                      "publicUrl",
                      "has a port, but with TLS the browser's websocket always uses 443, so live updates would fail. Use port 443, or set keep:websocket.kind to none",
                      { value: publicUrl },
                  ),
          ];
}

function exposedIssues(ingress: ExposedConfig, { publicUrl, frontend }: Settings): (Issue | false)[] {
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
        const [a, b] = [ingress[key], ingress[other]];
        return (
            (a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`)) &&
            issue(
                `ingress.${key}`,
                `overlaps with keep:ingress.${other} (${b}). Use prefixes that are not part of each other`,
                { value: a },
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
            return config[name] !== undefined && support !== true && issue(`ingress.${name}`, support);
        }),
        hsts !== undefined &&
            tls === undefined &&
            issue(
                "ingress.hsts",
                "is given, but keep:publicUrl is http, where browsers ignore it. Remove it, or begin keep:publicUrl with https",
            ),
    ];
}
