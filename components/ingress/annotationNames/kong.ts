import { words } from "./words";

/**
 * Names after `konghq.com/`, of Kong Ingress Controller 3.5: internal/annotations/annotations.go of
 * Kong/kubernetes-ingress-controller.
 */
export const KONG = words(`
    ca-certificates-configmaps ca-certificates-secrets client-cert connect-timeout gatewayclass-unmanaged headers
    headers-separator headers.* host-aliases host-header https-redirect-status-code methods override path
    path-handling plugins preserve-host protocol protocols publish-service read-timeout regex-prefix regex-priority
    request-buffering response-buffering retries rewrite snis strip-path tags tls-verify tls-verify-depth
    write-timeout
`);
