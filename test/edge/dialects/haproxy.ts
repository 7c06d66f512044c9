import { annotation, hasTls, type Ingress, ingresses, type Manifests } from "../../ingress/models/model";
import type { Certificate } from "../../support/certificate";
import type { Ports } from "../proxy";
import type { Stubs } from "../stubs";

/** What a real HAProxy is given for one kind's objects: a routing map by host and path, and rewrites by route. */
export interface HaproxyDialect {
    /** How the map is searched, `%` standing for a map file of ours. */
    readonly lookups: readonly string[];
    readonly routes: (manifests: Manifests) => readonly Route[];
}

/** One line of the map, and what happens to a path that it matched. */
interface Route {
    /** Map file, by its index among the lookups. */
    readonly map: number;
    readonly key: string;
    readonly service: string;
    readonly rewrites: readonly string[];
    /** `http-request redirect` of what comes without TLS. */
    readonly redirect?: string | undefined;
    /** Strict-Transport-Security of the answers, quoted as HAProxy reads it. */
    readonly hsts?: string | undefined;
}

/** HAProxy Technologies' maps: the exact path, then the longest beginning with a slash at its end (its route.go, controller.go, reqRequestRedirect.go and setHdr.go). */
export const technologies: HaproxyDialect = {
    lookups: ["map", "map_beg"],
    routes: (manifests) =>
        pathsOf(manifests).flatMap(({ ingress, host, path, service }) => {
            const lines = (annotation(ingress, "haproxy.org/path-rewrite") ?? "")
                .split("\n")
                .filter((line) => line !== "");
            const port = annotation(ingress, "haproxy.org/ssl-redirect-port") ?? "8443";
            const header = annotation(ingress, "haproxy.org/response-set-header");
            const route = {
                service,
                rewrites: lines,
                redirect:
                    annotation(ingress, "haproxy.org/ssl-redirect") === "true"
                        ? `location https://%[hdr(host),field(1,:)]:${port}%[capture.req.uri] code 302`
                        : undefined,
                hsts: /^Strict-Transport-Security (.*)$/.exec(header ?? "")?.[1],
            };
            const trimmed = path.replace(/\/$/, "");
            return [
                ...(path === "/" ? [] : [{ ...route, map: 0, key: host + trimmed }]),
                { ...route, map: 1, key: `${host}${trimmed}/` },
            ];
        }),
};

/** HAProxy Ingress: Prefix is a lookup by directories; the deeper path first; rewrite-target "/" is one replace-path a path (its annotations/backend.go, types/maps.go). */
export const community: HaproxyDialect = {
    lookups: ["map", "map_dir"],
    routes: (manifests) =>
        pathsOf(manifests)
            .sort((a, b) => b.path.length - a.path.length)
            .map(({ ingress, host, path, service }) => {
                const target = annotation(ingress, "haproxy-ingress.github.io/rewrite-target");
                const own = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
                const rewrites = target === "/" ? [`^${own}/?(.*)$ /\\1`] : [];
                return {
                    service,
                    rewrites,
                    map: path === "/" ? 2 : 1,
                    key: path === "/" ? host : host + path,
                    ...(hasTls(ingress) ? { redirect: "scheme https", hsts: communityHsts(ingress) } : {}),
                };
            }),
};

/** Its haproxy.tmpl; on by default, and half a year then. */
function communityHsts(ingress: Ingress): string | undefined {
    const setting = (name: string) => annotation(ingress, `haproxy-ingress.github.io/${name}`);
    if (setting("hsts") === "false") return undefined;
    const below = setting("hsts-include-subdomains") === "true" ? "; includeSubDomains" : "";
    const preload = setting("hsts-preload") === "true" ? "; preload" : "";
    return `"max-age=${setting("hsts-max-age") ?? "15768000"}${below}${preload}"`;
}

interface RouterRoute {
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
    readonly spec: {
        readonly host: string;
        readonly path: string;
        readonly to: { readonly name: string };
        readonly tls?: { readonly termination: string; readonly insecureEdgeTerminationPolicy: string };
    };
}

/** OpenShift's router: an expression a route, the longest path first (its util.go and haproxy-config.template). */
export const router: HaproxyDialect = {
    lookups: ["map_reg"],
    routes: ({ all }) =>
        all("Route")
            .map(({ inputs }) => inputs as unknown as RouterRoute)
            .sort((a, b) => b.spec.path.length - a.spec.path.length)
            .map(({ metadata, spec }) => {
                const path = spec.path === "/" ? "" : spec.path.replaceAll(".", "\\.");
                const rewrite = metadata.annotations["haproxy.router.openshift.io/rewrite-target"] === "/";
                const hsts = metadata.annotations["haproxy.router.openshift.io/hsts_header"];
                return {
                    redirect:
                        spec.tls?.insecureEdgeTerminationPolicy === "Redirect"
                            ? "location https://%[req.hdr(host),regsub(:[0-9]+$,,)]%[url] code 302"
                            : undefined,
                    hsts: spec.tls?.termination === "edge" && hsts !== undefined ? `'${hsts}'` : undefined,
                    map: 0,
                    key: `^${spec.host.replaceAll(".", "\\.")}\\.?(:[0-9]+)?${path}(/.*)?$`,
                    service: spec.to.name,
                    rewrites: rewrite ? [`^${spec.path}/?(.*)$ /\\1`] : [],
                };
            }),
};

function pathsOf(manifests: Manifests): { ingress: Ingress; host: string; path: string; service: string }[] {
    return ingresses(manifests).flatMap((ingress) =>
        ingress.spec.rules.flatMap(({ host, http }) =>
            http.paths.map(({ path, backend }) => ({ ingress, host, path, service: backend.service.name })),
        ),
    );
}

/** A haproxy.cfg and its maps. */
export function haproxyFiles(
    { lookups, routes }: HaproxyDialect,
    manifests: Manifests,
    stubs: Stubs,
    ports: Ports,
    certificate?: Certificate,
): Record<string, string> {
    const found = routes(manifests);
    const maps = [...lookups, "map_dir"].map((_, map) =>
        found.flatMap((route, id) => (route.map === map ? [`${route.key} ${id}`] : [])).join("\n"),
    );
    const searches = [...lookups, "map_dir"].map(
        (lookup, map) => `http-request set-var(txn.id) var(txn.base),${lookup}(map${map}) if !{ var(txn.id) -m found }`,
    );
    const is = (id: number) => `{ var(txn.id) -m str ${id} }`;
    const config = [
        "defaults",
        // What is captured of a request, and read by a redirect, is what the log would need.
        "  log stderr format raw local0",
        "  option httplog",
        "  mode http",
        "  timeout connect 5s",
        "  timeout client 50s",
        "  timeout server 50s",
        "  timeout tunnel 1h",
        "frontend http",
        `  bind 127.0.0.1:${ports.http}`,
        ...(certificate === undefined ? [] : [`  bind 127.0.0.1:${ports.https} ssl crt both.pem`]),
        "  http-request set-var(txn.base) base",
        ...searches.map((search) => `  ${search}`),
        ...found.flatMap(({ rewrites, redirect, hsts }, id) => [
            ...(redirect === undefined ? [] : [`  http-request redirect ${redirect} if !{ ssl_fc } ${is(id)}`]),
            ...rewrites.map((rewrite) => `  http-request replace-path ${rewrite} if ${is(id)}`),
            ...(hsts === undefined
                ? []
                : [`  http-response set-header Strict-Transport-Security ${hsts} if ${is(id)}`]),
        ]),
        "  http-request return status 404 if !{ var(txn.id) -m found }",
        "  use_backend %[var(txn.id)]",
        ...found.flatMap(({ service }, id) => [`backend ${id}`, `  server stub ${stubs.address(service)}`]),
    ];
    return {
        "haproxy.cfg": `${config.join("\n")}\n`,
        ...(certificate === undefined ? {} : { "both.pem": certificate.certificate + certificate.key }),
        ...Object.fromEntries(maps.map((text, map) => [`map${map}`, `${text}\n`])),
    };
}
