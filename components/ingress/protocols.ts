/** Where an annotation is. */
export interface AnnotationPlace {
    /** Kind of the ingress. Its controller may be one that has another kind. */
    readonly kind: string;
    /** Whether the controller terminates TLS. */
    readonly encrypted: boolean;
    /** What to do where it does not. */
    readonly tlsFix: string;
    /** Whether the annotation is written to a Service. */
    readonly onService: boolean;
    /** The tier of the annotation; undefined for one of all tiers. */
    readonly tier?: string | undefined;
    /** Names of the Services of all tiers. */
    readonly serviceNames: readonly string[];
    /** Whether the annotation is one of an Ingress for the paths of a tier. */
    readonly ofTier: boolean;
    /** Names of all annotations of the ingress and the Services, as the controller reads them. */
    readonly names: ReadonlySet<string>;
    /** The annotations of the Ingress. */
    readonly annotations: Readonly<Record<string, string>>;
    /** Whether the ingress has the host of `keep:publicUrl`. */
    readonly servesPublicUrl: boolean;
    /** Whether `hsts` is set. */
    readonly hasHsts: boolean;
    /** Whether GKE's controller reads the Ingress. */
    readonly isOfGke: boolean;
    /** Type of the Service with the annotation; undefined for an annotation of the ingress. */
    readonly serviceType?: string | undefined;
}

/** The message for the value of an annotation; undefined for values and annotations that do no harm. */
export type AnnotationFault = (name: string, value: string, place: AnnotationPlace) => string | undefined;

/** The first message of several checks. */
export function firstFault(...checks: readonly AnnotationFault[]): AnnotationFault {
    return (...annotation) => checks.map((check) => check(...annotation)).find((message) => message !== undefined);
}

/**
 * Rejects all other values of annotations than those given.
 * @param allowed the values of each annotation that do no harm
 */
export function onlyValues(allowed: Readonly<Record<string, RegExp>>, message: string): AnnotationFault {
    return (name, value) =>
        Object.hasOwn(allowed, name) && allowed[name]?.test(value.trim()) === false ? message : undefined;
}

/**
 * Rejects a path or port for the health checks of all tiers, which have different ones, so that some would count as down.
 * @param common the values of each annotation that fit all tiers
 */
export function onlyHealthOfOneTier(common: Readonly<Record<string, RegExp>>): AnnotationFault {
    const check = onlyValues(
        common,
        "would check the health of all tiers at one path or port, and they have different ones. Move it to keep:ingress.tierAnnotations of one tier, or remove it",
    );
    return (name, value, place) => (place.ofTier || place.onService ? undefined : check(name, value, place));
}

/** The message for an annotation by which something would use another protocol to the pods than HTTP/1.1. */
export function otherProtocol(what: string): string {
    return `would make the ${what} use another protocol than HTTP/1.1, which is all that Keep's pods serve. Remove it`;
}

/**
 * Rejects values by which a controller would use another protocol to the pods than HTTP/1.1, the only one that
 * gunicorn, Next.js and Soketi serve.
 * @param plain the values of each annotation for HTTP/1.1
 */
export function onlyPlainHttp(plain: Readonly<Record<string, RegExp>>): AnnotationFault {
    return onlyValues(plain, otherProtocol("controller"));
}
