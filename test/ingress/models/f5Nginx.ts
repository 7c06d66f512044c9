import { annotation, controller, exactOr, redirectWithTls, seconds } from "./model";

/**
 * F5's NGINX Ingress Controller: Exact is `location =`, all others are prefix locations that compare letters, the longest wins
 * (nginx.org/en/docs/http/ngx_http_core_module.html#location); `nginx.org/rewrites` is the path of proxy_pass, put where the
 * location's text was. http goes to https where the Ingress has TLS (ssl-redirect, on by default).
 */
export const f5Nginx = controller({
    annotations: {
        // nginx/kubernetes-ingress v5.5.4
        "nginx.org/": {
            "internal/configs/annotations.go": [
                "rewrites",
                "websocket-services",
                "client-max-body-size",
                "proxy-read-timeout",
                "proxy-send-timeout",
                "proxy-buffer-size",
                "proxy-buffers",
                "proxy-busy-buffers-size",
                "hsts",
                "hsts-max-age",
                "hsts-include-subdomains",
                "hsts-behind-proxy",
            ],
        },
    },
    fits: exactOr((path, prefix) => path.startsWith(prefix)),
    redirect: redirectWithTls,
    rewrite({ ingress, path: prefix, service }, path) {
        const rewrite = rewritesOf(annotation(ingress, "nginx.org/rewrites")).get(service);
        return rewrite === undefined ? path : rewrite + path.slice(prefix.length);
    },
    idleSeconds: (ingress) =>
        // Without this annotation the Upgrade header is not passed on.
        annotation(ingress, "nginx.org/websocket-services") === "keep-websocket"
            ? Math.min(...["read", "send"].map((way) => seconds(annotation(ingress, `nginx.org/proxy-${way}-timeout`))))
            : 0,
});

function rewritesOf(text = ""): Map<string, string> {
    return new Map(
        text.split(";").map((part) => {
            const match = /^serviceName=(\S+) rewrite=(\/\S*)$/.exec(part);
            if (match === null) throw new Error(`nginx.org/rewrites would refuse: ${part}`);
            return [match[1] ?? "", match[2] ?? ""];
        }),
    );
}
