import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";
import { certManagerFault } from "./certManagerAnnotations";
import { givenAnnotations } from "./givenAnnotations";
import { type IngressKind, optionalSettings } from "./kind";
import { type KindConfig, type KindName, kinds } from "./kinds";
import type { ExposedConfig } from "./settings";

/** Issues of an ingress with objects, for the keys of `keep:ingress`. */
export function exposedIssues(
    ingress: ExposedConfig,
    { publicUrl, frontend }: { readonly publicUrl: string; readonly frontend: { readonly image?: string } },
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
        ...annotationIssues(ingress),
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

const INGRESS_CLASS = "keep:ingress.className";
const ISSUER = "keep:ingress.tls";

/** Annotations of Kubernetes, cert-manager and Pulumi, each with the setting that sets it. */
const MANAGED_ANNOTATIONS: Readonly<Record<string, string>> = {
    "kubernetes.io/ingress.class": INGRESS_CLASS,
    "cert-manager.io/issuer": ISSUER,
    "cert-manager.io/cluster-issuer": ISSUER,
    "cert-manager.io/issuer-kind": ISSUER,
    "cert-manager.io/issuer-group": ISSUER,
    "kubernetes.io/tls-acme": ISSUER,
    "pulumi.com/skipAwait": "keep:ingress.await",
};

/** The setting that an annotation would override, as a kind's controller reads its name. */
function overridden(name: string, managed: Readonly<Record<string, string>>, kind: KindName): string | undefined {
    const { readAs = (own: string) => own } = kinds[kind];
    const [, setting] =
        Object.entries(managed).find(([pattern]) =>
            [name, readAs(name)].some((spelling) =>
                pattern.endsWith("*") ? spelling.startsWith(pattern.slice(0, -1)) : spelling === pattern,
            ),
        ) ?? [];
    return setting;
}

/** Issues of annotations that would override a setting. */
function annotationIssues(config: ExposedConfig): (Issue | false)[] {
    const { kind } = config;
    const managed = { ...MANAGED_ANNOTATIONS, ...kinds[kind].managedAnnotations };
    return givenAnnotations(config).flatMap(({ path, values }) =>
        Object.entries(values).map(([name, value]) => {
            const setting = overridden(name, managed, kind);
            const message =
                setting === undefined
                    ? (foreignFault(kind, name) ?? certManagerFault(name, value) ?? faultOf(kind, name, value))
                    : `is set by ${setting}. Remove it`;
            return message !== undefined && issue([...path, name], message, { value });
        }),
    );
}

/** The message for an annotation that only controllers of other kinds read, such as an allow-list without effect. */
function foreignFault(kind: KindName, name: string): string | undefined {
    const isRead = ({ annotationPrefixes = [] }: Pick<IngressKind<never>, "annotationPrefixes">) =>
        annotationPrefixes.some((prefix) => name.startsWith(prefix));
    const readers = Object.entries(kinds).flatMap(([other, spec]) => (isRead(spec) ? [other] : []));
    return kinds[kind].annotationPrefixes === undefined || readers.length === 0 || isRead(kinds[kind])
        ? undefined
        : `is only read by the controllers of kind ${oneOf(readers)}, so it has no effect here. Remove it, and use what the controller of kind ${kind} reads`;
}

/** Issues of annotations of Services that would override a setting of an ingress, at `place` in the configuration. */
export function serviceIssues(
    kind: KindName,
    place: string,
    services: Readonly<Record<string, Service>>,
): (Issue | false)[] {
    const { managedAnnotations, readsServices } = kinds[kind];
    return Object.entries(services).flatMap(([tier, { annotations, type }]) =>
        Object.entries(annotations)
            .filter(([name]) => readsServices?.test(name))
            .map(([name, value]) => {
                const setting = overridden(name, managedAnnotations, kind);
                const message =
                    setting === undefined
                        ? faultOf(kind, name, value, type)
                        : `is set by ${setting.replaceAll("keep:ingress", place)}, and the ingress controller also reads Services. Remove it`;
                return message !== undefined && issue([tier, "service", "annotations", name], message, { value });
            }),
    );
}

/** What the rules read of a tier's Service. */
export interface Service {
    readonly annotations: Readonly<Record<string, string>>;
    readonly type: string;
}

function faultOf(kind: KindName, name: string, value: string, serviceType?: string): string | undefined {
    const { annotationFault, readAs = (own: string) => own } = kinds[kind];
    return annotationFault?.(readAs(name), value, serviceType);
}
