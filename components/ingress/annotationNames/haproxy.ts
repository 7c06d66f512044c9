import type { AccessTable } from "../accessTable";
import { words } from "./words";

/**
 * Names after `haproxy.org/`, of HAProxy Technologies' controller 3.2: documentation/doc.yaml and pkg/annotations of
 * haproxytech/kubernetes-ingress. An administrator may define others, which begin with `backend.` or `frontend.`
 * (documentation/annotations-custom.md).
 */
export const HAPROXY = words(`
    abortonclose allow-list auth-realm auth-secret auth-type backend-config-snippet backend.* blacklist check
    check-http check-interval cookie-persistence cookie-persistence-no-dynamic cors-allow-credentials
    cors-allow-headers cors-allow-methods cors-allow-origin cors-enable cors-max-age cors-respond-to-options
    deny-list forwarded-for frontend.* ingress.class load-balance path-rewrite pod-maxconn rate-limit-period
    rate-limit-requests rate-limit-size rate-limit-status-code rate-limit-whitelist request-capture
    request-capture-len request-redirect request-redirect-code request-set-header response-set-header route-acl
    scale-server-slots send-proxy-protocol server-ca server-crt server-proto server-ssl set-host src-ip-header
    ssl-passthrough ssl-redirect ssl-redirect-code ssl-redirect-port standalone-backend timeout-check timeout-server
    whitelist
`);

/** Sign-in and redirects: pkg/annotations/ingress/basicAuth.go and hostRedirect.go. */
export const HAPROXY_ACCESS: AccessTable = {
    // The type may be in the ConfigMap of the controller.
    "haproxy.org/auth-secret": {},
    "haproxy.org/auth-type": { values: ["basic-auth"] },
    "haproxy.org/request-redirect": { redirects: true },
    // pkg/ingress/ingress.go
    "haproxy.org/route-acl": { onServices: true },
};
