import { distance } from "fastest-levenshtein";

import { isTypo } from "../fields/nearest";
import { oneOf } from "../fields/vocabulary";

/** Words in the names of annotations that decide who can reach Keep: by address, by sign-in and by content. */
const ACCESS = [
    /allow|deny|white|black|cidr|(?<!re)source|\bip[-_]/,
    /auth|jwt|client-?(ca|cert|crt)|mtls/,
    /waf|security-group|^conditions|\bacl|block|geo-?ip|internal|private|scheme|restrict/,
    /^(access-?control|((access|app-protect|security)-)?polic(y|ies))$|firewall|modsec|owasp/,
    /\b(oidc|saml|sso)\b|^login|mutual|verify-client/,
];

/** Words in the names of annotations that decide something else, such as rates, CORS, headers and plain HTTP. */
const OTHERS = /allow-https?$|bind|cors|header|intf|limit|supp?ress/;

/** Domains of Kubernetes itself. Tools such as external-dns have others below kubernetes.io. */
export const OF_KUBERNETES =
    /^((cloud|ingress|lb|load-?balancer|network|networking|service)\.)?((alpha|beta)\.)?(kubernetes|k8s)\.io$/;

/** Maximum number of suggested names. */
export const SUGGESTED = 3;

/** The words by which a name is about access, among those of `ACCESS`. */
export function accessWords(own: string): RegExp | undefined {
    return OTHERS.test(own) ? undefined : ACCESS.find((words) => words.test(own.toLowerCase()));
}

/** An annotation's name without its domain, and its domain, which is empty without one. */
export function ownAndDomain(name: string): [own: string, domain: string] {
    const slash = name.lastIndexOf("/");
    return [name.slice(slash + 1), name.slice(0, Math.max(slash, 0))];
}

/**
 * The message for an annotation that its controller ignores, because the name is a typo, or about access and none of
 * its own. Other names are accepted: a later version of the controller may read them.
 * @param own the name without the prefix, which is none of the known ones
 * @param access the words by which it is about access, if it is
 * @param reader the controller that ignores it
 */
export function unlistedFault(
    prefix: string,
    own: string,
    known: readonly string[],
    access: RegExp | undefined,
    reader = "this controller",
): string | undefined {
    const far = (other: string) => distance(own.toLowerCase(), other.toLowerCase());
    const sorted = known.map((other) => completed(other, own)).sort((a, b) => far(a) - far(b));
    const typos = sorted.filter((other) => isTypo(own, other.toLowerCase()));
    if (typos.length === 0 && access === undefined) {
        return undefined;
    }
    const similar = sorted.filter((other) => access?.test(other) && !OTHERS.test(other));
    const suggested = (typos.length > 0 ? typos : similar).slice(0, SUGGESTED).map((other) => prefix + other);
    const isAccess = access !== undefined || typos.some((other) => accessWords(other) !== undefined);
    const effect = isAccess ? "so it would keep nobody out" : "so it has no effect";
    const fix =
        suggested.length === 0
            ? "Remove it, and use one that the controller reads"
            : `Perhaps you meant ${oneOf(suggested)}`;
    return `is no annotation that ${reader} reads, ${effect}. ${fix}`;
}

/** A known name with the free part of a given one in place of its star, such as `conditions.keep` for `conditions.*`. */
function completed(known: string, own: string): string {
    const fixed = known.split(".").slice(0, -1);
    const free = own.split(".").slice(fixed.length);
    return known.endsWith(".*") && free.length > 0 ? [...fixed, ...free].join(".") : known;
}
