import { words } from "./words";

/**
 * Names after `haproxy.router.openshift.io/`, of OpenShift's router in August 2026:
 * images/router/haproxy/conf/haproxy-config.template of openshift/router, at 4b401a86d.
 */
export const HAPROXY_ROUTER = words(`
    balance disable_cookies h1-adjust-case hsts_header ip_allowlist ip_whitelist pod-concurrent-connections
    rate-limit-connections rate-limit-connections.concurrent-tcp rate-limit-connections.rate-http
    rate-limit-connections.rate-tcp rewrite-target set-forwarded-headers timeout timeout-tunnel
`);

/** Names after `router.openshift.io/`. */
export const ROUTER = words(`
    cookie-same-site cookie_name haproxy.health.check.interval pool-size
`);
