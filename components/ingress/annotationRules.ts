import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";
import { isOfService } from "../tiers/loadBalancer";
import { hasLater } from "../tokens";
import { accessFault, entryOf, isListed } from "./accessTable";
import {
    isForeign,
    isIgnoredOnServices,
    isReadFromServices,
    readersOf,
    readingKind,
    readName,
    unknownFault,
} from "./annotationReaders";
import { copyOf } from "./copiedAnnotations";
import { CLASS_ANNOTATION, isOfGke } from "./genericRules";
import { givenAnnotations } from "./givenAnnotations";
import { type KindName, kinds } from "./kinds";
import { misplacedFault, removedFault } from "./misplacedNames";
import { TIERS } from "./paths";
import type { AnnotationPlace } from "./protocols";
import type { ExposedConfig } from "./settings";

const INGRESS_CLASS = "keep:ingress.className";
const ISSUER = "keep:ingress.tls";

/** Annotations of Kubernetes, cert-manager and Pulumi, each with the setting that sets it. */
const MANAGED_ANNOTATIONS: Readonly<Record<string, string>> = {
    [CLASS_ANNOTATION]: INGRESS_CLASS,
    "cert-manager.io/issuer": ISSUER,
    "cert-manager.io/cluster-issuer": ISSUER,
    "cert-manager.io/issuer-kind": ISSUER,
    "cert-manager.io/issuer-group": ISSUER,
    "kubernetes.io/tls-acme": ISSUER,
    "pulumi.com/skipAwait": "keep:ingress.await",
};

/** The setting that an annotation would override, as a kind's controller reads its name. */
function overridden(name: string, managed: Readonly<Record<string, string>>, kind: KindName): string | undefined {
    const [, setting] =
        Object.entries(managed).find(([pattern]) =>
            [name, readName(kind, name)].some((spelling) => isListed(spelling, [pattern])),
        ) ?? [];
    return setting;
}

/** What the annotations of an ingress are checked against. */
export interface Surroundings {
    /** The Services of the tiers. */
    readonly services: Readonly<Record<string, { readonly annotations: Readonly<Record<string, string>> }>>;
    /** Whether the ingress has the host of `keep:publicUrl`. */
    readonly servesPublicUrl: boolean;
    /** Prefix of the names of the Services. */
    readonly release: string;
}

/** Issues of annotations that would override a setting, or would not do what they are for. */
export function annotationIssues(config: ExposedConfig, surroundings: Surroundings): (Issue | false)[] {
    const { kind } = config;
    const isOnService = kinds[kind].tierAnnotationsOnServices === true;
    const managed = { ...MANAGED_ANNOTATIONS, ...kinds[kind].managedAnnotations };
    return givenAnnotations(config).flatMap(({ path, values, ofTier }) =>
        Object.entries(values).map(([name, value]) => {
            // The API server rejects a new Ingress with both (ValidateIngressCreate in pkg/apis/networking/validation).
            const isClass = config.kind === "generic" && !ofTier && name === CLASS_ANNOTATION;
            const setting = isClass && config.className === undefined ? undefined : overridden(name, managed, kind);
            const place = {
                onService: ofTier && isOnService,
                ofTier: ofTier && !isOnService,
                tier: ofTier ? path.at(-1) : undefined,
            };
            const message =
                setting === undefined
                    ? ((isOfService(name) && copyOf(config, name, ofTier) !== "never"
                          ? undefined
                          : foreignFault(kind, name)) ??
                      certManagerFault(name) ??
                      misplacedFault(config, [name, value], { values, ofTier }) ??
                      faultOf(config, surroundings, [name, value], place))
                    : `is set by ${setting}. Remove ${isClass ? "one of the two" : "it"}`;
            return message !== undefined && issue([...path, name], message, { value });
        }),
    );
}

/** The message for an annotation that only controllers of other kinds read, such as an allow-list without effect. */
function foreignFault(kind: KindName, name: string): string | undefined {
    const readers = [...new Set(readersOf(name).map((reader) => reader.kind))];
    return !isForeign(kind, name)
        ? undefined
        : `is only read by the controllers of kind ${oneOf(readers)}, so it has no effect here. Remove it, and use what the controller of kind ${kind} reads`;
}

/** Annotations that change paths, among those that a kind manages. */
const REWRITE = /rewrite|transforms/;

/**
 * The message for an annotation by which the controller of another kind would change paths. Only with that kind does
 * the program give it paths that fit.
 */
function rewriteFault(kind: KindName, name: string): string | undefined {
    const rewriting = readersOf(name).find((reader) => {
        const patterns = Object.entries(kinds[reader.kind].managedAnnotations).filter(([key]) => REWRITE.test(key));
        return overridden(name, Object.fromEntries(patterns), reader.kind) !== undefined;
    });
    return kinds[kind].isAnyController === undefined || rewriting === undefined
        ? undefined
        : `would change the paths of requests, which kind ${kind} forwards as they are, and Keep would not answer. Remove it, or set keep:ingress.kind to ${rewriting.kind}, which rewrites paths`;
}

/** Annotations of cert-manager, with its present and its earlier domain, and of its solvers. */
const CERT_MANAGER = /^((acme\.)?cert-manager\.io|certmanager\.k8s\.io)\//;

/**
 * The message for an annotation that cert-manager reads of an Ingress with an issuer, which the program names in the
 * Certificate instead (pkg/controller/certificate-shim of cert-manager/cert-manager).
 */
function certManagerFault(name: string): string | undefined {
    return CERT_MANAGER.test(name)
        ? `has no effect, because the program creates the Certificate itself. Remove it; or create a Certificate with these properties, and name its Secret alone in ${ISSUER}.secretName`
        : undefined;
}

/** Issues of annotations of Services that would override a setting of an ingress, or have no effect. */
export function serviceIssues(
    config: ExposedConfig,
    {
        place,
        all,
        ...surroundings
    }: Surroundings & {
        readonly services: Readonly<Record<string, Service>>;
        /** The key of the ingress. */
        readonly place: string;
        /** The kinds of all ingresses. */
        readonly all: readonly KindName[];
    },
): (Issue | false)[] {
    const { kind } = config;
    return Object.entries(surroundings.services).flatMap(([tier, { annotations, type }]) =>
        Object.entries(annotations).map(([name, value]) => {
            const setting = overridden(name, kinds[kind].managedAnnotations, kind);
            const isRead = isReadFromServices(kind, name);
            const isIgnored = !all.some((other) => isReadFromServices(other, name)) && isIgnoredOnServices(kind, name);
            const ofTier = writtenTo(config, tier);
            const written = Object.hasOwn(ofTier, name) ? ofTier[name] : value;
            const unread = kinds[kind].readsServices === undefined ? undefined : unknownFault(kind, name);
            const found =
                isRead && setting !== undefined
                    ? `is set by ${setting}, and the ingress controller also reads Services. Remove it`
                    : written !== value && ![written, value].some(hasLater)
                      ? `has another value in keep:ingress.tierAnnotations.${tier}, which is written to the same Service. Remove one of the two`
                      : isRead || isIgnored
                        ? faultOf(config, surroundings, [name, value], {
                              onService: true,
                              ofTier: false,
                              tier,
                              serviceType: type,
                          })
                        : unread;
            const message = found ?? removedFault(name);
            return (
                message !== undefined &&
                issue([tier, "service", "annotations", name], message.replaceAll("keep:ingress", place), { value })
            );
        }),
    );
}

/** The annotations of an ingress that the program writes to the Service of a tier. */
function writtenTo({ kind, tierAnnotations }: ExposedConfig, tier: string): Readonly<Record<string, string>> {
    const all: Readonly<Record<string, Readonly<Record<string, string>>>> = tierAnnotations;
    return kinds[kind].tierAnnotationsOnServices === true ? (all[tier] ?? {}) : {};
}

/** What the rules read of a tier's Service. */
export interface Service {
    readonly annotations: Readonly<Record<string, string>>;
    readonly type: string;
}

/** Where an annotation is, as far as its name and value do not say it. */
type Place = Pick<AnnotationPlace, "onService" | "ofTier" | "serviceType" | "tier">;

function faultOf(
    config: ExposedConfig,
    { release, services, servesPublicUrl }: Surroundings,
    [name, value]: readonly [string, string],
    place: Place,
): string | undefined {
    const { annotations, hsts, kind } = config;
    if (place.onService && isIgnoredOnServices(kind, name)) {
        const { ignoresOnServices } = kinds[kind];
        const fix =
            ignoresOnServices?.names.test(name) === true
                ? ignoresOnServices.fix
                : isForeign(kind, name)
                  ? "Remove it"
                  : "Move it to keep:ingress.annotations";
        return `is not read from Services by the controller of kind ${kind}, so it has no effect. ${fix}`;
    }
    const reader = readingKind(kind, name);
    if (reader === undefined) {
        return undefined;
    }
    const { access = {}, annotationFault } = kinds[reader];
    const read = readName(reader, name);
    const entry = entryOf(access, read);
    const given = [
        ...givenAnnotations(config).map(({ values }) => values),
        ...Object.values(services).map((service) => service.annotations),
    ];
    const whole = {
        ...tlsOf(config, reader),
        ...place,
        kind,
        annotations,
        names: new Set(given.flatMap((values) => Object.keys(values).map((other) => readName(reader, other)))),
        servesPublicUrl,
        hasHsts: hsts !== undefined,
        isOfGke: isOfGke(config),
        serviceNames: TIERS.map((tier) => `${release}-${tier}`),
    };
    return (
        rewriteFault(kind, name) ??
        (hasLater(value)
            ? undefined
            : ((entry && accessFault(entry, value, whole)) ?? annotationFault?.(read, value, whole))) ??
        unknownFault(kind, name)
    );
}

/** Whether the controller that reads the annotations of an ingress terminates TLS, and what to do if it does not. */
function tlsOf(
    { annotations, kind, tls }: ExposedConfig,
    reader: KindName,
): Pick<AnnotationPlace, "encrypted" | "tlsFix"> {
    const { terminatesTls } = kinds[reader];
    if (terminatesTls !== undefined && reader !== kind) {
        const found = terminatesTls(annotations);
        return { encrypted: found === true, tlsFix: found === true ? "" : found };
    }
    const isOutside = tls?.terminatedOutside === true;
    return {
        encrypted: tls !== undefined && !isOutside,
        tlsFix: isOutside
            ? "Replace terminatedOutside in keep:ingress.tls by a certificate"
            : "Set a certificate in keep:ingress.tls",
    };
}
