import {
    annotation,
    type Answer,
    certificateByTls,
    ingresses,
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

/**
 * F5's NGINX Ingress Controller: Exact is `location =`, all others are prefix locations that compare letters, the longest wins
 * (nginx.org/en/docs/http/ngx_http_core_module.html#location); `nginx.org/rewrites` is the path of proxy_pass, put where the
 * location's text was. http goes to https where the Ingress has TLS (ssl-redirect, on by default).
 */
export const f5Nginx: Model = {
    annotations: {
        // nginx/kubernetes-ingress v5.5.4
        "nginx.org/": {
            "internal/configs/annotations.go": [
                "rewrites",
                "websocket-services",
                "client-max-body-size",
                "proxy-read-timeout",
                "proxy-send-timeout",
                "hsts",
                "hsts-max-age",
                "hsts-include-subdomains",
                "hsts-behind-proxy",
            ],
        },
    },
    answer(manifests: Manifests, request: Request): Answer {
        const { path, query } = split(request.target);
        const locations = locationsOf(ingresses(manifests), request.host);
        const found =
            locations.find((location) => location.pathType === "Exact" && location.path === path) ??
            longest(locations.filter((location) => location.pathType !== "Exact" && path.startsWith(location.path)));
        if (found === undefined) return NOBODY;
        if (!request.encrypted && certificateByTls(manifests, request.host) !== undefined) return toHttps(request);
        const rewrite = rewritesOf(annotation(found.ingress, "nginx.org/rewrites")).get(found.service);
        const sees = rewrite === undefined ? path : rewrite + path.slice(found.path.length);
        return { service: found.service, sees: sees + query };
    },
    certificate: certificateByTls,
    idleSeconds(manifests) {
        const [ingress] = ingresses(manifests);
        if (ingress === undefined) return 0;
        // Without this annotation the Upgrade header is not passed on.
        if (annotation(ingress, "nginx.org/websocket-services") !== "keep-websocket") return 0;
        const [read, send] = ["read", "send"].map((way) =>
            seconds(annotation(ingress, `nginx.org/proxy-${way}-timeout`)),
        );
        return Math.min(read ?? 0, send ?? 0);
    },
};

function rewritesOf(text = ""): Map<string, string> {
    return new Map(
        text.split(";").map((part) => {
            const match = /^serviceName=(\S+) rewrite=(\/\S*)$/.exec(part);
            if (match === null) throw new Error(`nginx.org/rewrites would refuse: ${part}`);
            return [match[1] ?? "", match[2] ?? ""];
        }),
    );
}
