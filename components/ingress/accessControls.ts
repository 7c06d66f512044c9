import { OFF } from "./accessTable";
import { KONG_PLUGINS } from "./kongFaults";

/** An annotation in force on the paths of a tier. */
export interface Annotation {
    /** Its path in `keep:ingress`, or that of a Service. */
    readonly path: readonly string[];
    /** Its name as the controller reads it. */
    readonly name: string;
    readonly value: string;
}

/**
 * Annotations by which a controller asks for a password (internal/ingress/annotations/auth of kubernetes/ingress-nginx,
 * pkg/annotations/ingress/basicAuth.go of haproxytech/kubernetes-ingress, internal/configs/annotations.go of
 * nginx/kubernetes-ingress, and buildBackendAuthHTTP of jcmoraisjr/haproxy-ingress).
 */
const PASSWORDS: Readonly<Record<string, RegExp>> = {
    "haproxy-ingress.github.io/auth-secret": /./,
    "haproxy.org/auth-type": /^basic-auth$/,
    "ingress.kubernetes.io/auth-secret": /./,
    "nginx.ingress.kubernetes.io/auth-type": /^(basic|digest)$/,
    "nginx.org/basic-auth-secret": /./,
};

/** Whether an annotation asks for a password. */
export function isPassword({ name, value }: Annotation): boolean {
    return Object.hasOwn(PASSWORDS, name) && PASSWORDS[name]?.test(value) === true;
}

/**
 * The headers, in lower case, that a controller copies from the response of a sign-in to the request: ResponseHeaders in
 * internal/ingress/annotations/authreq of kubernetes/ingress-nginx, setAuthExternal and buildBackendOAuth in
 * pkg/converters/ingress/annotations/backend.go of jcmoraisjr/haproxy-ingress.
 */
export function responseHeaders({ name, value }: Annotation): string[] {
    return /\/(auth-response-headers|auth-headers-succeed|oauth-headers)$/.test(name)
        ? value.split(",").map((header) => header.replace(/:.*/, "").trim().toLowerCase())
        : [];
}

/** Whether a controller asks a service about each request, by an annotation. */
export function isRequestOfSignIn({ name, value }: Annotation): boolean {
    return /\/(auth-url|oauth)$/.test(name) && !OFF.test(value);
}

/** Directives that set or remove headers of requests, with what may be between them and the name of a header. */
const SETS_HEADER = String.raw`(?<!response )(?:more-(?:clear|set)-input-headers|(?:clear|del|replace|set)-header)[\s"'(](?:[^\n;]*["',\s])?`;

/**
 * Whether an annotation sets a header of requests, by text of the controller's language or of its own. Headers of
 * responses and headers that are only read do not count.
 */
export function setsHeader({ name, value }: Annotation, header: string): boolean {
    const [text, wanted] = [withDashes(value), withDashes(header)];
    return /\/(headers|proxy-set-headers|request-(add|del|set)-headers?)$/.test(name)
        ? text.includes(wanted)
        : /(?<!modsecurity-)snippet|\/config-/.test(name) && new RegExp(`${SETS_HEADER}${wanted}(?![\\w-])`).test(text);
}

function withDashes(text: string): string {
    return text.toLowerCase().replaceAll("_", "-");
}

/**
 * Words in the names of objects that let only some senders in. A list of senders to keep out lets all others in, and
 * other objects also allow something, such as frames.
 */
const LIST =
    /allow(ed)?-?(?=list|ips?\b|cidr|from|only|net|range|lan\b|local|internal|vpn|office|private|@|$)|ip-?allow|white|restrict|private|mtls|client-?cert|vpn/i;

/** Words in the names of objects that ask for a sign-in. */
const SIGN_IN = /auth|jwt|login|\blog-in\b|oidc|openid|saml|\bsso\b|sign-?in\b|keycloak|okta|\bentra\b/i;

/** Words in the names of other middlewares of Traefik and plugins of Kong. */
const OTHERS =
    /black|block|\bbot|bouncer|breaker|brotli|buffer|cach(e|ing)|circuit|compress|content-?type|correlation|cors|crowdsec|csp|datadog|deny|error|firewall|frame|geo|gzip|header|hsts|https|in-?flight|[-_]ip\b(?![-_]restrict)|limit|log$|\blogs?\b|logg|metric|path|prefix|prometheus|\brate|retr(y|ies)|rewrite|sablier|secur(e|ity)\b|size|statsd|strip|telemetry|timeout|trac(e|ing)|transform|waf|zipkin/i;

/** Namespaces with such words, with which Traefik's references begin. */
const NAMESPACE = /^(logging|metrics|prometheus|security|telemetry|tracing)-(?=.*@kubernetescrd$)/;

/** Whether a name has one of some words, and none of others: `rate-limit-auth` is no sign-in. */
function says(words: RegExp, name: string): boolean {
    return words.test(name) && !OTHERS.test(name.replace(NAMESPACE, ""));
}

/** A word of sign-ins and of others: `oauth-auth-redirect` in the documentation of OAuth2 Proxy is a sign-in. */
const REDIRECT = /redirect/i;

/** Words in the names of objects that set headers of requests, and in those of others. */
const HEADERS = /header|identity|transform/i;
const NO_HEADERS = /cors|csp|default|hsts|response|secur(e|ity)\b/i;

/** Ways of access control, by annotations. */
const CONTROLS: Readonly<Record<"sign-in" | "list", (annotation: Annotation) => boolean>> = {
    "sign-in": (annotation) =>
        isPassword(annotation) ||
        isRequestOfSignIn(annotation) ||
        annotation.name.endsWith("/auth-type") ||
        namesOf(annotation).some((one) => says(SIGN_IN, one)),
    // Those of the whole host are on the paths of each tier.
    list: (annotation) =>
        (/\/(ip_(white|allow)list|(allow|white)-?list(-source-range)?|auth-tls-secret|inbound-cidrs|security-groups)$/.test(
            annotation.name,
        ) &&
            !EVERYBODY.test(annotation.value)) ||
        namesOf(annotation).some((one) => says(LIST, one)),
};

/** A range of all addresses, in a list that lets everybody in. */
const EVERYBODY = /(^|[\s,])[\d.:]+\/0($|[\s,])/;

/** Values by which a controller also lets clients in that have no certificate. */
const NO_CERTIFICATE = /^(off|optional)/;

/**
 * The annotations, of all in force on a path, that control access in one of several ways. Certificates of clients do so
 * only if each client needs one.
 */
export function controlsIn(annotations: readonly Annotation[], controls: readonly Control[]): Annotation[] {
    const isOptional = annotations.some(
        ({ name, value }) => name.endsWith("/auth-tls-verify-client") && NO_CERTIFICATE.test(value),
    );
    return annotations.filter(
        (annotation) =>
            !OFF.test(annotation.value) &&
            !(isOptional && annotation.name.endsWith("/auth-tls-secret")) &&
            controls.some((control) => CONTROLS[control](annotation)),
    );
}

/** The objects of an annotation that ask for a sign-in, or may do so, because their names say nothing else. */
export function possibleSignIns(annotation: Annotation): string[] {
    return namesOf(annotation).filter(
        (one) => SIGN_IN.test(one) || ![OTHERS, REDIRECT, LIST].some((words) => words.test(one)),
    );
}

/** Whether an annotation names an object that sets headers of requests, by its name. */
export function namesHeaders(annotation: Annotation): boolean {
    return namesOf(annotation).some((one) => HEADERS.test(one) && !NO_HEADERS.test(one));
}

/** A kind of access control. */
export type Control = keyof typeof CONTROLS;

/** Middlewares of Traefik and plugins of Kong, which are joined, and whose names alone say what they do. */
export function isNamed({ name }: Annotation): boolean {
    return name.endsWith("/router.middlewares") || name === KONG_PLUGINS;
}

/** The objects that an annotation names, if they are middlewares or plugins. */
export function namesOf(annotation: Annotation): string[] {
    const names = isNamed(annotation) ? annotation.value.split(",") : [];
    return names.map((one) => one.trim()).filter((one) => one !== "");
}
