import type { AccessTable } from "../accessTable";
import { words } from "./words";

/** Names after `nginx.org/`, of F5's controller 5.5: internal/configs/annotations.go of nginx/kubernetes-ingress. */
export const NGINX_ORG = words(`
    add-header add-header-inherit app-root basic-auth-realm basic-auth-secret client-body-buffer-size
    client-max-body-size custom-http-errors fail-timeout grpc-services hsts hsts-behind-proxy
    hsts-include-subdomains hsts-max-age http-redirect-code keepalive lb-method limit-req-burst limit-req-delay
    limit-req-dry-run limit-req-key limit-req-log-level limit-req-no-delay limit-req-rate limit-req-reject-code
    limit-req-scale limit-req-zone-size listen-ports listen-ports-ssl location-snippets max-conns max-fails
    mergeable-ingress-type path-regex policies proxy-buffer-size proxy-buffering proxy-buffers
    proxy-busy-buffers-size proxy-connect-timeout proxy-hide-headers proxy-max-temp-file-size proxy-next-upstream
    proxy-next-upstream-timeout proxy-next-upstream-tries proxy-pass-headers proxy-read-timeout proxy-redirect-from
    proxy-redirect-to proxy-send-timeout proxy-set-headers redirect-to-https rewrite-target rewrites server-snippets
    server-tokens ssl-ciphers ssl-prefer-server-ciphers ssl-redirect ssl-services sticky-cookie-services
    upstream-zone-size use-cluster-ip websocket-services
`);

/** Names after `nginx.com/`, which need NGINX Plus. */
export const NGINX_COM = words(`
    health-checks health-checks-mandatory health-checks-mandatory-queue jwt-key jwt-login-url jwt-realm jwt-token
    policies slow-start sticky-cookie-services
`);

/** Names after `appprotect.f5.com/`. */
export const APP_PROTECT = words(`
    app-protect-enable app-protect-policy app-protect-security-log app-protect-security-log-destination
    app-protect-security-log-enable
`);

/** Names after `appprotectdos.f5.com/`. */
export const APP_PROTECT_DOS = words(`
    app-protect-dos-resource
`);

/** Sign-in, firewalls and policies, which are of both: parseAnnotations in internal/configs/annotations.go. */
export const F5_NGINX_ACCESS: AccessTable = {
    "appprotect.f5.com/app-protect-enable": { isBoolean: true },
    "appprotect.f5.com/app-protect-policy": { needs: "appprotect.f5.com/app-protect-enable" },
    "nginx.com/jwt-login-url": { needs: "nginx.com/jwt-key" },
    "nginx.com/jwt-realm": { needs: "nginx.com/jwt-key" },
    "nginx.com/jwt-token": { needs: "nginx.com/jwt-key" },
    "nginx.com/policies": {},
    "nginx.org/policies": {},
    "nginx.org/basic-auth-realm": { needs: "nginx.org/basic-auth-secret" },
};
