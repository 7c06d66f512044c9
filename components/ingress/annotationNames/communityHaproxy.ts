import type { AccessTable } from "../accessTable";
import { words } from "./words";

/**
 * Names after `haproxy-ingress.github.io/`, of HAProxy Ingress 0.17: pkg/converters/ingress/types/annotations.go of
 * jcmoraisjr/haproxy-ingress, and `auth-type` of version 0.12.
 */
export const COMMUNITY_HAPROXY = words(`
    acme-preferred-chain affinity agent-check-addr agent-check-interval agent-check-port agent-check-send
    allowlist-source-header allowlist-source-range app-root assign-backend-server-id auth-external-placement
    auth-headers-fail auth-headers-request auth-headers-succeed auth-method auth-realm auth-secret auth-signin
    auth-tls-cert-header auth-tls-error-page auth-tls-secret auth-tls-strict auth-tls-verify-client auth-type
    auth-url backend-check-interval backend-protocol backend-server-naming backend-server-slots-increment
    balance-algorithm bind-fronting-proxy bind-http bind-http-passthrough bind-https bind-ip-addr-http
    blue-green-balance blue-green-cookie blue-green-deploy blue-green-header blue-green-mode cert-signer
    config-backend config-backend-early config-backend-late config-tcp-service cors-allow-credentials
    cors-allow-headers cors-allow-methods cors-allow-origin cors-allow-origin-regex cors-enable cors-expose-headers
    cors-max-age denylist-source-range dynamic-scaling fcgi-app headers health-check-addr health-check-fall-count
    health-check-interval health-check-port health-check-rise-count health-check-uri hsts hsts-include-subdomains
    hsts-max-age hsts-preload http-frontend http-header-match http-header-match-regex http-passthrough
    http-response-200 http-response-400 http-response-401 http-response-403 http-response-405 http-response-407
    http-response-408 http-response-410 http-response-413 http-response-421 http-response-425 http-response-429
    http-response-495 http-response-496 http-response-500 http-response-501 http-response-502 http-response-503
    http-response-504 initial-weight limit-connections limit-rps limit-whitelist maxconn-server maxqueue-server
    oauth oauth-headers oauth-uri-prefix path-type peers-table proxy-body-size proxy-protocol redirect-from
    redirect-from-code redirect-from-regex redirect-to redirect-to-code request-add-headers request-del-headers
    request-set-headers response-add-headers response-del-headers response-set-headers rewrite-target
    secure-backends secure-crt-secret secure-sni secure-verify-ca-secret secure-verify-hostname server-alias
    server-alias-regex service-upstream session-cookie-domain session-cookie-dynamic session-cookie-keywords
    session-cookie-name session-cookie-preserve session-cookie-same-site session-cookie-shared
    session-cookie-strategy session-cookie-value-strategy slots-min-free source-address-intf ssl-always-add-https
    ssl-always-follow-redirect ssl-cipher-suites ssl-cipher-suites-backend ssl-ciphers ssl-ciphers-backend
    ssl-fingerprint-lower ssl-fingerprint-sha2-bits ssl-options-backend ssl-options-host ssl-passthrough
    ssl-passthrough-http-port ssl-redirect tcp-service-log-format tcp-service-port tcp-service-proxy-protocol
    timeout-connect timeout-http-request timeout-keep-alive timeout-queue timeout-server timeout-server-fin
    timeout-tunnel tls-alpn use-forwarded-proto use-proxy-protocol use-resolver var-namespace waf waf-mode
    whitelist-source-range
`);

const PREFIX = "haproxy-ingress.github.io/";

/**
 * Sign-in and client certificates: pkg/converters/ingress/annotations/host.go and backend.go, and the annotations of
 * hosts, `AnnHost`. The ConfigMap of the controller has defaults of all, so none needs another one beside it.
 */
export const COMMUNITY_HAPROXY_ACCESS: AccessTable = {
    [`${PREFIX}auth-external-placement`]: { values: ["backend", "frontend"] },
    [`${PREFIX}auth-tls-cert-header`]: { needsTls: true },
    [`${PREFIX}auth-tls-verify-client`]: {
        scope: "host",
        needsTls: true,
        values: ["on", "off", "optional", "optional_no_ca"],
    },
    [`${PREFIX}auth-tls-*`]: { scope: "host", needsTls: true },
    [`${PREFIX}oauth`]: { values: ["oauth2_proxy", "oauth2-proxy"] },
    [`${PREFIX}redirect-to`]: { redirects: true },
    [`${PREFIX}waf`]: { values: ["modsecurity"] },
    [`${PREFIX}waf-mode`]: { values: ["deny", "detect"] },
};
