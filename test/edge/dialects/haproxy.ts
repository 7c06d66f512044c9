import { annotation, type Ingress, ingresses, type Manifests } from "../../ingress/models/model";
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
}

/** HAProxy Technologies' maps: the exact path, then the longest beginning with a slash at its end (its route.go and controller.go). */
export const technologies: HaproxyDialect = {
    lookups: ["map", "map_beg"],
    routes: (manifests) =>
        pathsOf(manifests).flatMap(({ ingress, host, path, service }) => {
            const lines = (annotation(ingress, "haproxy.org/path-rewrite") ?? "")
                .split("\n")
                .filter((line) => line !== "");
            const route = { service, rewrites: lines };
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
                return { service, rewrites, map: path === "/" ? 2 : 1, key: path === "/" ? host : host + path };
            }),
};

interface RouterRoute {
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
    readonly spec: { readonly host: string; readonly path: string; readonly to: { readonly name: string } };
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
                return {
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
    port: number,
): Record<string, string> {
    const found = routes(manifests);
    const maps = [...lookups, "map_dir"].map((_, map) =>
        found.flatMap((route, id) => (route.map === map ? [`${route.key} ${id}`] : [])).join("\n"),
    );
    const searches = [...lookups, "map_dir"].map(
        (lookup, map) => `http-request set-var(txn.id) var(txn.base),${lookup}(map${map}) if !{ var(txn.id) -m found }`,
    );
    const config = [
        "defaults",
        "  mode http",
        "  timeout connect 5s",
        "  timeout client 50s",
        "  timeout server 50s",
        "  timeout tunnel 1h",
        "frontend http",
        `  bind 127.0.0.1:${port}`,
        "  http-request set-var(txn.base) base",
        ...searches.map((search) => `  ${search}`),
        ...found.flatMap(({ rewrites }, id) =>
            rewrites.map((rewrite) => `  http-request replace-path ${rewrite} if { var(txn.id) -m str ${id} }`),
        ),
        "  http-request return status 404 if !{ var(txn.id) -m found }",
        "  use_backend %[var(txn.id)]",
        ...found.flatMap(({ service }, id) => [`backend ${id}`, `  server stub ${stubs.address(service)}`]),
    ];
    return {
        "haproxy.cfg": `${config.join("\n")}\n`,
        ...Object.fromEntries(maps.map((text, map) => [`map${map}`, `${text}\n`])),
    };
}
