import { replacePath } from "./haproxy";
import {
    type Answer,
    isUnder,
    longest,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    seconds,
    split,
    toHttps,
} from "./model";

const DIALECT = "haproxy.router.openshift.io";

interface Route {
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
    readonly spec: {
        readonly host: string;
        readonly path: string;
        readonly to: { readonly name: string };
        readonly tls?: {
            readonly insecureEdgeTerminationPolicy: string;
            readonly externalCertificate?: { readonly name: string };
        };
    };
}

/** OpenShift's router: paths go by segments, the longest wins; rewrite-target "/" is `replace-path ^<path>/?(.*)$ /\1`. */
export const openshift: Model = {
    annotations: {
        // openshift/router, master of August 2026
        "haproxy.router.openshift.io/": {
            "images/router/haproxy/conf/haproxy-config.template": [
                "timeout",
                "timeout-tunnel",
                "rewrite-target",
                "hsts_header",
            ],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const found = longest(
            routesOf(manifests)
                .filter(({ spec }) => spec.host === request.host && isUnder(path, spec.path))
                .map((route) => ({ path: route.spec.path, route })),
        )?.route;
        if (found === undefined) return NOBODY;
        if (!request.encrypted && found.spec.tls?.insecureEdgeTerminationPolicy === "Redirect") return toHttps(request);
        const rewrites = found.metadata.annotations[`${DIALECT}/rewrite-target`] === "/";
        const sees = rewrites ? replacePath(path, { match: `^${found.spec.path}/?(.*)$`, format: "/\\1" }) : path;
        return { service: found.spec.to.name, sees: sees + query };
    },
    certificate(manifests, host) {
        const route = routesOf(manifests).find(({ spec }) => spec.host === host);
        return route?.spec.tls === undefined ? undefined : (route.spec.tls.externalCertificate?.name ?? "own");
    },
    idleSeconds(manifests) {
        const route = routesOf(manifests).find(({ spec }) => spec.to.name === "keep-websocket");
        return seconds(route?.metadata.annotations[`${DIALECT}/timeout-tunnel`]);
    },
};

function routesOf({ all }: Manifests): Route[] {
    return all("Route").map(({ inputs }) => inputs as unknown as Route);
}
