import { OFF, PARSED_BOOLEAN } from "./accessTable";
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
 * Annotations by which a controller asks for a password (internal/configs/annotations.go of nginx/kubernetes-ingress, and
 * buildBackendAuthHTTP of jcmoraisjr/haproxy-ingress). Others have one of their own that ends with `/auth-type`
 * (internal/ingress/annotations/auth of kubernetes/ingress-nginx, pkg/annotations/ingress/basicAuth.go of
 * haproxytech/kubernetes-ingress, and internal/adc/translator/annotations of apache/apisix-ingress-controller).
 */
const PASSWORDS = new Set([
    "haproxy-ingress.github.io/auth-secret",
    "ingress.kubernetes.io/auth-secret",
    "nginx.org/basic-auth-secret",
]);

/** The type of a sign-in, except by the prefix of HAProxy Ingress and Traefik 1, which no controller reads any more. */
const TYPE = /(?<!^ingress\.kubernetes\.io)\/auth-type$/;

/** Whether an annotation asks for a password. */
export function isPassword({ name, value }: Annotation): boolean {
    return TYPE.test(name) ? /^(basic|digest)/i.test(value) : PASSWORDS.has(name) && value !== "";
}

/**
 * The headers, in lower case, that a controller copies from the response of a sign-in to the request: ResponseHeaders in
 * internal/ingress/annotations/authreq of kubernetes/ingress-nginx, setAuthExternal and buildBackendOAuth in
 * pkg/converters/ingress/annotations/backend.go of jcmoraisjr/haproxy-ingress, and apisix/plugins/forward-auth.lua of apache/apisix.
 */
export function responseHeaders({ name, value }: Annotation): string[] {
    return /\/(auth-response-headers|auth-upstream-headers|auth-headers-succeed|oauth-headers)$/.test(name)
        ? value.split(",").map((header) => header.replace(/:.*/, "").trim().toLowerCase())
        : [];
}

/** Whether a controller asks a service about each request, by an annotation; `auth-uri` is that of APISIX. */
export function isRequestOfSignIn({ name, value }: Annotation): boolean {
    return /\/(auth-ur[il]|oauth)$/.test(name) && !OFF.test(value);
}

/**
 * Whether an annotation turns off the sign-in that ingress-nginx has in its ConfigMap. It reads values that it cannot
 * parse as true (internal/ingress/annotations/authreqglobal of kubernetes/ingress-nginx).
 */
export function turnsSignInOff({ name, value }: Annotation): boolean {
    return name.endsWith("/enable-global-auth") && PARSED_BOOLEAN.test(value) && /^[0f]/i.test(value);
}

/** Directives that paths inherit from their server (https://github.com/openresty/headers-more-nginx-module#directives). */
const INHERITED = "more-(?:set|clear)-input-headers";

/** Directives that set headers of requests, and those that remove them. */
const SETS = "more-set-input-headers|(?:replace|set)-header";
const REMOVES = "more-clear-input-headers|(?:clear|del)-header";

/**
 * Annotations with directives, except those that HAProxy Ingress reads from its ConfigMap alone
 * (https://haproxy-ingress.github.io/docs/configuration/keys/#configuration-snippet), and those for other requests than Keep's, such
 * as for the request to the sign-in.
 */
const DIRECTIVES = /(?<!(modsecurity|auth|stream)-)snippet|\/config-backend(-early|-late)?$/;

/** Annotations with directives of a server: its paths have proxy_set_header of their own, so that they inherit none. */
const OF_SERVER = /\/server-snippets?$/;

/** Annotations whose directives HAProxy Ingress runs after a sign-in (CustomConfigLate in its haproxy.tmpl). */
const AFTER_SIGN_IN = /\/config-backend(-late)?$/;

/**
 * Whether an annotation sets or removes a header of requests, by text of the controller's language or of its own. Headers of
 * responses and headers that are only read do not count, nor does the removal of a header that a sign-in has set.
 */
export function setsHeader({ name, value }: Annotation, header: string, hasSignIn: boolean): boolean {
    const [text, wanted] = [normalized(value), normalized(header)];
    const [set, removes] = OF_SERVER.test(name) ? [INHERITED, INHERITED] : [SETS, REMOVES];
    const directives = hasSignIn && AFTER_SIGN_IN.test(name) ? set : `${set}|${removes}`;
    // What may be between a directive and the name of a header.
    const sets = String.raw`(?<!response )(?:${directives})[\s"'(](?:[^\n;]*["',\s])?${wanted}(?![\w-])`;
    return /\/(headers|proxy-set-headers|request-(del|set)-headers?)$/.test(name)
        ? new RegExp(`(^|[\\n,])\\s*${wanted}(?![\\w-])`).test(text)
        : DIRECTIVES.test(name) && new RegExp(sets).test(text);
}

function normalized(text: string): string {
    return text
        .toLowerCase()
        .replaceAll("_", "-")
        .replaceAll(/[^\S\n]+/g, " ");
}

/** Words in the names of objects that let only some senders in. */
const LIST =
    /allow(ed)?-?(list|ips?\b|cidr|from|only|net|range|lan\b|local|internal|vpn|office|private)|ip-?(allow|restrict)|white|restrict|private|mtls|client-?cert|vpn/i;

/** Words in the names of objects that ask for a sign-in. */
const SIGN_IN = /auth|jwt|login|\blog-in\b|oidc|openid|saml|\bsso\b|sign-?in\b|keycloak|okta|\bentra\b/i;

/** Ways of access control, by annotations whose names say what they do. */
const CONTROLS: Readonly<Record<"sign-in" | "list", (annotation: Annotation) => boolean>> = {
    "sign-in": (annotation) =>
        isPassword(annotation) || isRequestOfSignIn(annotation) || annotation.name.endsWith("/auth-type"),
    // Those of the whole host are on the paths of each tier.
    list: ({ name, value }) =>
        (/\/(ip_(white|allow)list|(allow|white)-?list(-source-range)?|auth-tls-secret|inbound-cidrs|security-groups)$/.test(
            name,
        ) ||
            (OF_SERVICE.test(name) && /"(source-ip|http-header)"/.test(value))) &&
        !EVERYBODY.test(value),
};

/** Conditions of AWS Load Balancer Controller for the paths of one Service (enhanced_backend_builder.go in pkg/ingress). */
const OF_SERVICE = /\/conditions\..*-([a-z]+)$/;

/** The tier to whose paths alone an annotation of the whole ingress applies, by its name. */
export function tierOf(name: string): string | undefined {
    return OF_SERVICE.exec(name)?.[1];
}

/** A range of all addresses, in a list that lets everybody in. */
const EVERYBODY = /(^|[\s,"])[\d.:]+\/0($|[\s,"])/;

/**
 * Controls that let everybody in, with the annotation and its values by which they do: without a certificate, and without a sign-in at a load
 * balancer of AWS (auth_config_builder.go in pkg/ingress of aws-load-balancer-controller).
 */
const OPTIONAL = [
    { control: "/auth-tls-secret", by: "/auth-tls-verify-client", values: /^(off|optional)/ },
    { control: "/auth-type", by: "/auth-on-unauthenticated-request", values: /^allow$/ },
];

/**
 * The annotations, of all in force on a path, that control access in one of several ways. Certificates and a sign-in do so
 * only if each client needs one.
 */
export function controlsIn(annotations: readonly Annotation[], controls: readonly Control[]): Annotation[] {
    const optional = OPTIONAL.filter(({ by, values }) =>
        annotations.some(({ name, value }) => name.endsWith(by) && values.test(value)),
    );
    return annotations.filter(
        (annotation) =>
            !OFF.test(annotation.value) &&
            !optional.some(({ control }) => annotation.name.endsWith(control)) &&
            controls.some((control) => CONTROLS[control](annotation)),
    );
}

/** Whether an object controls access, by its name. */
export function namesAccess(name: string): boolean {
    return LIST.test(name) || SIGN_IN.test(name);
}

/** A kind of access control. */
export type Control = keyof typeof CONTROLS;

/** Middlewares of Traefik and plugins of Kong, which are joined, and whose names alone say what they do. */
export function isNamed({ name }: Annotation): boolean {
    return /\/(router|service)\.middlewares$/.test(name) || name === KONG_PLUGINS;
}

/** The objects that an annotation names, if they are middlewares or plugins. */
export function namesOf(annotation: Annotation): string[] {
    const names = isNamed(annotation) ? annotation.value.split(",") : [];
    return names.map((one) => one.trim()).filter((one) => one !== "");
}
