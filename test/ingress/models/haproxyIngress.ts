import { replacePath } from "./haproxy";
import { annotation, controller, isUnder, redirectWithTls, seconds } from "./model";

const DIALECT = "haproxy-ingress.github.io";

/** The community's HAProxy Ingress: Prefix goes by segments, overlapping paths from long to short; rewrite-target replaces the path's own text. */
export const haproxyIngress = controller({
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
    fits: ({ path: prefix }, path) => isUnder(path, prefix),
    redirect: redirectWithTls,
    rewrite({ ingress, path: prefix }, path) {
        const target = annotation(ingress, `${DIALECT}/rewrite-target`);
        if (target === undefined) return path;
        const own = prefix.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
        return replacePath(path, {
            match: target === "/" ? `^${own}/?(.*)$` : `^${own}(.*)$`,
            format: `${target}\\1`,
        });
    },
    idleSeconds: (ingress) => seconds(annotation(ingress, `${DIALECT}/timeout-tunnel`)),
});
