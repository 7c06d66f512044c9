import { issue, type Issue } from "../fields/issue";
import { accessIssues, type Services } from "./access";
import { annotationIssues } from "./annotationRules";
import { optionalSettings } from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import { TIERS, type TierName } from "./paths";
import type { ExposedConfig } from "./settings";

/** What the settings of an ingress are checked against. */
interface Surroundings {
    readonly release: string;
    readonly publicUrl: string;
    readonly frontend: {
        readonly enabled: boolean;
        readonly image?: string;
        readonly url?: string;
    } & Services["frontend"];
    readonly backend: Services["backend"];
    readonly auth: { readonly kind: string };
    /** Tiers that the ingress routes to; default: all. */
    readonly tiers?: readonly TierName[];
    /** Whether the ingress has the host of `keep:publicUrl`; default: yes. */
    readonly servesPublicUrl?: boolean;
}

/** Issues of an ingress with objects, for the keys of `keep:ingress`. */
export function exposedIssues(
    ingress: ExposedConfig,
    { release, publicUrl, frontend, backend, auth, tiers = TIERS, servesPublicUrl = true }: Surroundings,
): (Issue | false)[] {
    const { frontendPrefix, tls } = ingress;
    const isHttps = publicUrl.startsWith("https:");
    const hasFrontend = frontend.enabled && tiers.includes("frontend");
    const hasOther = frontend.url !== undefined && kinds[ingress.kind].rewritesPaths && tiers.includes("backend");
    return [
        frontendPrefix !== "/" &&
            frontend.image === undefined &&
            issue(
                "ingress.frontendPrefix",
                "cannot be served by Keep's published image, which is built without a base path. Use /, or set keep:frontend.image to a build with that Next.js basePath",
                { value: frontendPrefix },
            ),
        ...overlapIssues(ingress),
        ...annotationIssues(ingress, {
            services: { frontend: frontend.service, backend: backend.service },
            servesPublicUrl,
            release,
        }),
        ...accessIssues(
            ingress,
            { frontend, backend },
            {
                frontend: hasFrontend,
                callsApi: hasFrontend || hasOther,
                readsToken: !["noauth", "oauth2proxy"].includes(auth.kind),
            },
        ),
        isHttps &&
            tls === undefined &&
            issue(
                "ingress.tls",
                "is missing, but keep:publicUrl is https. Set a certificate (secretName, issuer, clusterIssuer or defaultCertificate), or terminatedOutside",
            ),
        !isHttps &&
            tls !== undefined &&
            issue("ingress.tls", "is set, but keep:publicUrl is http. Remove it, or begin keep:publicUrl with https"),
        ...kindIssues(ingress.kind, ingress, isHttps),
        ...supportIssues(ingress, isHttps),
    ];
}

/**
 * Issues of prefixes that contain another prefix, by whole segments. The root is allowed, because the longest prefix
 * takes precedence.
 */
function overlapIssues(ingress: ExposedConfig): (Issue | false)[] {
    const pairs = [
        ["websocketPrefix", "backendPrefix"],
        ["backendPrefix", "frontendPrefix"],
        ["websocketPrefix", "frontendPrefix"],
    ] as const;
    return pairs.map(([key, other]) => {
        // Ignores case, as ingress-nginx does.
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

function kindIssues<Kind extends KindName>(kind: Kind, config: KindConfig<Kind>, isHttps: boolean): (Issue | false)[] {
    return kinds[kind].rules?.(config, isHttps) ?? [];
}

/** Issues of settings that the controller does not support, which would otherwise have no effect. */
function supportIssues(config: ExposedConfig, isHttps: boolean): (Issue | false)[] {
    const { kind, hsts } = config;
    return [
        ...optionalSettings.map((name) => {
            const support = kinds[kind].supports[name];
            return isGiven(config[name]) && support !== true && issue(`ingress.${name}`, support);
        }),
        // https://hstspreload.org/#submission-requirements; F5's controller always adds preload.
        hsts?.preload === true &&
            kind !== "f5-nginx" &&
            (!hsts.includeSubdomains || hsts.maxAgeSeconds < YEAR) &&
            issue(
                "ingress.hsts.preload",
                `has no effect: browsers take only hosts with includeSubdomains and a maxAgeSeconds of ${YEAR} or more into their list. Set both, or remove it`,
                { value: true },
            ),
        hsts !== undefined &&
            !isHttps &&
            issue(
                "ingress.hsts",
                "is set, but keep:publicUrl is http, and browsers ignore HSTS there. Remove it, or begin keep:publicUrl with https",
            ),
    ];
}

const YEAR = 31_536_000;

function isGiven(value: unknown): boolean {
    return typeof value === "object" && value !== null ? Object.values(value).some(isGiven) : value !== undefined;
}
