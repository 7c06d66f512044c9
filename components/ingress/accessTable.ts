import { oneOf } from "../fields/vocabulary";
import type { AnnotationPlace } from "./protocols";

/** What the program knows about an annotation that decides who can reach Keep, and by which TLS. */
export interface AccessAnnotation {
    /** What it applies to as a whole, not only to the paths of its Ingress. */
    readonly scope?: "host";
    /** Whether the controller only reads it from Services. */
    readonly onServices?: true;
    /** Whether it has no effect, or a wrong one, without TLS at the controller. */
    readonly needsTls?: true;
    /** Another annotation without which it has no effect. */
    readonly needs?: string;
    /** Whether the controller reads every value as false, or ignores it, that is no boolean of Go. */
    readonly isBoolean?: true;
    /** All values that the controller knows. */
    readonly values?: readonly string[];
    /** Whether the controller redirects every request, so that none reaches Keep. */
    readonly redirects?: true;
}

/**
 * What the program knows about the annotations of a controller, by their names as the controller reads them. A name
 * that ends with * is a prefix. The first name that fits applies.
 */
export type AccessTable = Readonly<Record<string, AccessAnnotation>>;

/** Values with which a controller turns an annotation off. */
export const OFF = /^(|none|off|false|disabled)$/i;

/** Values that strconv.ParseBool of Go takes. Controllers often read all others as false. */
export const PARSED_BOOLEAN = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** Whether a name is listed. A listed name that ends with * is a prefix. */
export function isListed(name: string, listed: readonly string[]): boolean {
    return listed.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
}

/** The entry of an annotation in the table of its controller. */
export function entryOf(table: AccessTable, name: string): AccessAnnotation | undefined {
    return Object.entries(table).find(([pattern]) => isListed(name, [pattern]))?.[1];
}

/** The message for an annotation that would not control access as it is meant; undefined if it would. */
export function accessFault(
    entry: AccessAnnotation,
    value: string,
    { encrypted, names, ofTier, onService, servesPublicUrl, tlsFix }: AnnotationPlace,
): string | undefined {
    const { isBoolean, needs, needsTls, onServices, redirects, scope, values } = entry;
    if (isBoolean && !PARSED_BOOLEAN.test(value)) {
        return "is no boolean that the controller can read, and it would keep nobody out. Write true or false";
    }
    if (value !== "" && values?.includes(value) === false) {
        return `is no value that the controller knows. Write ${oneOf(values)}`;
    }
    if (OFF.test(value)) {
        return undefined;
    }
    if (redirects && servesPublicUrl) {
        return "would redirect all requests, so that none reaches Keep. Remove it, or move it to an ingress with hosts of its own";
    }
    if (onServices && !onService) {
        return "is read from Services alone, so it has no effect here. Move it to the service.annotations of each tier";
    }
    if (scope === "host" && ofTier) {
        return "decides about the whole host, not about the paths of one tier. Move it to keep:ingress.annotations";
    }
    if (needsTls && !encrypted) {
        return `needs TLS at the controller: without it, nobody is checked. ${tlsFix}, or remove it`;
    }
    return needs === undefined || names.has(needs)
        ? undefined
        : `has no effect without ${needs}, and nobody would be checked. Add that annotation, or remove this one`;
}
