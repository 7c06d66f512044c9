import { annotation, controller, seconds, toHttps } from "./model";

const DIALECT = "nginx.ingress.kubernetes.io";

/**
 * The community's ingress-nginx: with use-regex every path is a case-insensitive expression, tried from the longest text to
 * the shortest; rewrite-target replaces the whole path by its groups (user-guide/ingress-path-matching, examples/rewrite).
 */
export const nginx = controller({
    annotations: {
        // kubernetes/ingress-nginx controller-v1.15.1; none is above the risk that it takes by default.
        "nginx.ingress.kubernetes.io/": {
            "internal/ingress/annotations/rewrite/main.go": ["use-regex", "rewrite-target", "force-ssl-redirect"],
            "internal/ingress/annotations/proxy/main.go": [
                "proxy-body-size",
                "proxy-buffer-size",
                "proxy-buffers-number",
                "proxy-busy-buffers-size",
                "proxy-read-timeout",
                "proxy-send-timeout",
            ],
        },
    },
    fits: ({ path: expression }, path) => new RegExp(`^${expression}`, "i").test(path),
    redirect: ({ ingress }, request) =>
        annotation(ingress, `${DIALECT}/force-ssl-redirect`) === "true" ? toHttps(request) : undefined,
    rewrite({ ingress, path: expression }, path) {
        const groups = new RegExp(expression, "i").exec(path) ?? [];
        const target = annotation(ingress, `${DIALECT}/rewrite-target`) ?? "";
        return target.replace(/\$([0-9])/g, (_, group: string) => groups[Number(group)] ?? "");
    },
    idleSeconds: (ingress) =>
        Math.min(...["read", "send"].map((way) => seconds(annotation(ingress, `${DIALECT}/proxy-${way}-timeout`)))),
});
