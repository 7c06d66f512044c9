import { replacePath } from "./haproxy";
import {
    annotation,
    type Answer,
    certificateByTls,
    ingresses,
    isUnder,
    locationsOf,
    longest,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    seconds,
    split,
    toHttps,
} from "./model";

const DIALECT = "haproxy-ingress.github.io";

/** The community's HAProxy Ingress: Prefix goes by segments, overlapping paths from long to short; rewrite-target replaces the path's own text. */
export const haproxyIngress: Model = {
    annotations: {
        // jcmoraisjr/haproxy-ingress, master of August 2026
        "haproxy-ingress.github.io/": {
            "pkg/converters/ingress/types/annotations.go": [
                "timeout-server",
                "timeout-tunnel",
                "rewrite-target",
                "proxy-body-size",
                "hsts",
                "hsts-max-age",
                "hsts-include-subdomains",
                "hsts-preload",
            ],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const found = longest(
            locationsOf(ingresses(manifests), request.host).filter((location) => isUnder(path, location.path)),
        );
        if (found === undefined) return NOBODY;
        if (!request.encrypted && certificateByTls(manifests, request.host) !== undefined) return toHttps(request);
        const target = annotation(found.ingress, `${DIALECT}/rewrite-target`);
        const own = found.path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
        const sees =
            target === undefined
                ? path
                : replacePath(path, {
                      match: target === "/" ? `^${own}/?(.*)$` : `^${own}(.*)$`,
                      format: `${target}\\1`,
                  });
        return { service: found.service, sees: sees + query };
    },
    certificate: certificateByTls,
    idleSeconds: (manifests) =>
        Math.min(...ingresses(manifests).map((ingress) => seconds(annotation(ingress, `${DIALECT}/timeout-tunnel`)))),
};
