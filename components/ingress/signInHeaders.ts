import { type ApiIngresses, inForce } from "./access";
import { type Annotation, isRequestOfSignIn, responseHeaders, setsHeader } from "./accessControls";
import { isListed } from "./accessTable";
import { type ExposedConfig, exposedIngresses, pathIn } from "./settings";

/** Annotations with the headers of a sign-in, without which a controller sets none: ingress-nginx and APISIX. */
const NEW_LISTS = ["nginx.ingress.kubernetes.io/auth-response-headers", "k8s.apisix.apache.org/auth-upstream-headers"];

/** What sets the headers of a sign-in: a list in an annotation, an annotation that is missing, or directives of the controller. */
export type HeaderSetter = "list" | "newList" | "directives";

/**
 * Headers that requests through an ingress keep from the client, although its controller asks for a sign-in, with the
 * path and the value of the annotation that would have to set them. ingress-nginx and APISIX set those of a list alone, and snippets
 * those that they contain. HAProxy Ingress sets those of a list only if the sign-in answers with them, such as not with
 * the groups of a user who has none (auth-request.lua and haproxy.tmpl in rootfs/etc of jcmoraisjr/haproxy-ingress).
 */
export function headersOfClients(settings: ApiIngresses, headers: readonly string[]) {
    const found = onPaths(settings).flatMap(({ place, config, annotations: all }) => {
        const annotations = withoutIgnoredHeaders(all);
        const setter = setterOf(annotations, config);
        if (setter === undefined) {
            return [];
        }
        const { annotation, by, newList = "" } = setter;
        const listed = by === "list" ? responseHeaders(annotation) : [];
        const missing = headers.filter(
            (name) => !isListed(name.toLowerCase(), listed) && !annotations.some((one) => setsHeader(one, name, true)),
        );
        const { path, value } = annotation;
        return missing.length === 0 ? [] : [{ path: pathIn(place, path), value, missing, by, newList }];
    });
    return once(found);
}

/**
 * Caches of a sign-in whose key lacks the cookies of browsers, with the path and the value of each: the answer to one user then
 * counts for others (proxy_cache_key in rootfs/etc/nginx/template/nginx.tmpl of kubernetes/ingress-nginx). The name of one cookie
 * is no key either: oauth2-proxy splits large ones (pkg/sessions/cookie/session_store.go).
 */
export function cachesOfOthers(settings: ApiIngresses) {
    const found = onPaths(settings).flatMap(({ place, annotations }) =>
        annotations
            .filter(({ name, value }) => name.endsWith("/auth-cache-key") && !/^$|\$\{?http_cookie\b/.test(value))
            .map(({ path, value }) => ({ path: pathIn(place, path), value })),
    );
    return once(found);
}

/** The annotations in force on the paths of the user interface and on those of the API, of each ingress. */
function onPaths(settings: ApiIngresses) {
    return exposedIngresses(settings).flatMap(({ path: place, config, tiers }) =>
        (["frontend", "backend"] as const)
            .filter((tier) => tiers.includes(tier))
            .map((tier) => ({ place, config, annotations: inForce(config, tier, settings) })),
    );
}

/** Each path once: an annotation can be in force for both tiers. */
function once<T extends { readonly path: readonly string[] }>(found: readonly T[]): T[] {
    return [...new Map(found.map((one) => [one.path.join(), one])).values()];
}

/**
 * What sets the headers of the sign-in among the annotations, and the annotation to correct; undefined without a sign-in, and
 * for one that the program does not know. ingress-nginx can have another prefix.
 */
function setterOf(
    annotations: readonly Annotation[],
    config: ExposedConfig,
): { readonly annotation: Annotation; readonly by: HeaderSetter; readonly newList?: string } | undefined {
    const signIn = annotations.find(isRequestOfSignIn);
    if (signIn === undefined) {
        return undefined;
    }
    const newList = NEW_LISTS.find((name) => signIn.name.startsWith(name.replace(/[^/]*$/, "")));
    const list = annotations.find(({ name }) =>
        newList === undefined ? name.endsWith("/auth-response-headers") : name === newList,
    );
    const isHaproxy =
        signIn.name.startsWith("haproxy-ingress.github.io/") ||
        (signIn.name.startsWith("ingress.kubernetes.io/") && (list === undefined || isOfHaproxy(config)));
    if (isHaproxy) {
        return { annotation: signIn, by: "directives" };
    }
    if (list !== undefined) {
        return { annotation: list, by: "list" };
    }
    return newList === undefined ? undefined : { annotation: signIn, by: "newList", newList };
}

/** Whether an ingress of any kind has a class of HAProxy Ingress, which reads the prefix `ingress.kubernetes.io` too. */
function isOfHaproxy(config: ExposedConfig): boolean {
    return "className" in config && config.className?.includes("haproxy") === true;
}

/** HAProxy Ingress ignores `headers` beside `request-set-headers` (https://haproxy-ingress.github.io/docs/configuration/keys/#headers). */
function withoutIgnoredHeaders(annotations: readonly Annotation[]): readonly Annotation[] {
    return annotations.some(({ name }) => name.endsWith("/request-set-headers"))
        ? annotations.filter(({ name }) => !name.endsWith("/headers"))
        : annotations;
}
