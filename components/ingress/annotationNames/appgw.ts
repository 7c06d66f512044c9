import type { AccessTable } from "../accessTable";
import { words } from "./words";

/**
 * Names after `appgw.ingress.kubernetes.io/`, of Application Gateway Ingress Controller 1.9:
 * pkg/annotations/ingress_annotations.go of Azure/application-gateway-kubernetes-ingress.
 */
export const APPGW = words(`
    appgw-ssl-certificate appgw-ssl-profile appgw-trusted-root-certificate backend-hostname backend-path-prefix
    backend-protocol connection-draining connection-draining-timeout cookie-based-affinity
    cookie-based-affinity-distinct-name health-probe-hostname health-probe-interval health-probe-path
    health-probe-port health-probe-status-codes health-probe-timeout health-probe-unhealthy-threshold
    hostname-extension override-frontend-port request-timeout rewrite-rule-set rewrite-rule-set-custom-resource
    rule-priority ssl-redirect use-private-ip waf-policy-for-path
`);

/** Errors of parseBool are dropped (pkg/appgw/ingress_rules.go), and the address is public then. */
export const APPGW_ACCESS: AccessTable = {
    "appgw.ingress.kubernetes.io/use-private-ip": { isBoolean: true },
};
