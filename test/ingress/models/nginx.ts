import {
    annotation,
    type Answer,
    certificateByTls,
    ingresses,
    locationsOf,
    type Manifests,
    type Model,
    NOBODY,
    type Request,
    seconds,
    split,
    toHttps,
} from "./model";

const DIALECT = "nginx.ingress.kubernetes.io";

/**
 * The community's ingress-nginx: with use-regex every path is a case-insensitive expression, tried from the longest text to
 * the shortest; rewrite-target replaces the whole path by its groups (user-guide/ingress-path-matching, examples/rewrite).
 */
export const nginx: Model = {
    annotations: {
        // kubernetes/ingress-nginx controller-v1.15.1; none is above the risk that it takes by default.
        "nginx.ingress.kubernetes.io/": {
            "internal/ingress/annotations/rewrite/main.go": ["use-regex", "rewrite-target", "force-ssl-redirect"],
            "internal/ingress/annotations/proxy/main.go": [
                "proxy-body-size",
                "proxy-read-timeout",
                "proxy-send-timeout",
            ],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const found = locationsOf(ingresses(manifests), request.host)
            .sort((a, b) => b.path.length - a.path.length)
            .find((location) => new RegExp(`^${location.path}`, "i").test(path));
        if (found === undefined) return NOBODY;
        if (!request.encrypted && annotation(found.ingress, `${DIALECT}/force-ssl-redirect`) === "true") {
            return toHttps(request);
        }
        const groups = new RegExp(found.path, "i").exec(path) ?? [];
        const target = annotation(found.ingress, `${DIALECT}/rewrite-target`) ?? "";
        const sees = target.replace(/\$([0-9])/g, (_, group: string) => groups[Number(group)] ?? "");
        return { service: found.service, sees: sees + query };
    },
    certificate: certificateByTls,
    idleSeconds(manifests) {
        const [ingress] = ingresses(manifests);
        if (ingress === undefined) return 0;
        const [read, send] = ["read", "send"].map((way) =>
            seconds(annotation(ingress, `${DIALECT}/proxy-${way}-timeout`)),
        );
        return Math.min(read ?? 0, send ?? 0);
    },
};
