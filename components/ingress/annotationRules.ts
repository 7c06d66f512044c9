import { issue, type Issue } from "../fields/issue";
import { oneOf } from "../fields/vocabulary";
import { hasLater } from "../tokens";
import { isForeign, isListed, readersOf, unknownFault } from "./annotationReaders";
import { certManagerFault } from "./certManagerAnnotations";
import { givenAnnotations } from "./givenAnnotations";
import { type KindName, kinds } from "./kinds";
import type { AnnotationPlace } from "./protocols";
import type { ExposedConfig } from "./settings";

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
            [name, readAs(name)].some((spelling) => isListed(spelling, [pattern])),
        ) ?? [];
    return setting;
}

/** Issues of annotations that would override a setting. */
export function annotationIssues(config: ExposedConfig): (Issue | false)[] {
    const { kind } = config;
    const { tierAnnotationsOnServices } = kinds[kind];
    const managed = { ...MANAGED_ANNOTATIONS, ...kinds[kind].managedAnnotations };
    return givenAnnotations(config).flatMap(({ path, values, ofTier }) =>
        Object.entries(values).map(([name, value]) => {
            const setting = overridden(name, managed, kind);
            const message =
                setting === undefined
                    ? (foreignFault(kind, name) ??
                      certManagerFault(name, value) ??
                      faultOf(config, name, value, { onService: ofTier && tierAnnotationsOnServices === true }))
                    : `is set by ${setting}. Remove it`;
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

/** Issues of annotations of Services that would override a setting of an ingress, at `place` in the configuration. */
export function serviceIssues(
    config: ExposedConfig,
    place: string,
    services: Readonly<Record<string, Service>>,
): (Issue | false)[] {
    const { managedAnnotations, readsServices } = kinds[config.kind];
    return Object.entries(services).flatMap(([tier, { annotations, type }]) =>
        Object.entries(annotations)
            .filter(([name]) => readsServices?.test(name))
            .map(([name, value]) => {
                const setting = overridden(name, managedAnnotations, config.kind);
                const message =
                    setting === undefined
                        ? faultOf(config, name, value, { onService: true, serviceType: type })
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

function faultOf(
    { kind, tls }: ExposedConfig,
    name: string,
    value: string,
    place: Omit<AnnotationPlace, "encrypted">,
): string | undefined {
    if (isForeign(kind, name)) {
        return undefined;
    }
    const readers = new Set(readersOf(name).map((reader) => reader.kind));
    const [only = kind] = kinds[kind].isAnyController && readers.size === 1 ? readers : [kind];
    const { annotationFault, readAs = (own: string) => own } = kinds[only];
    const encrypted = tls !== undefined && !tls.terminatedOutside;
    const fault = hasLater(value) ? undefined : annotationFault?.(readAs(name), value, { encrypted, ...place });
    return rewriteFault(kind, name) ?? fault ?? unknownFault(kind, name);
}
