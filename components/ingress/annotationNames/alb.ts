import type { AccessTable } from "../accessTable";
import { words } from "./words";

/**
 * Names after `alb.ingress.kubernetes.io/`, of AWS Load Balancer Controller 3.5: pkg/annotations/constants.go and
 * docs/guide/ingress/annotations.md of kubernetes-sigs/aws-load-balancer-controller.
 */
export const ALB = words(`
    acm-pca-arn actions.* auth-idp-cognito auth-idp-oidc auth-on-unauthenticated-request auth-scope
    auth-session-cookie auth-session-timeout auth-type backend-protocol backend-protocol-version certificate-arn
    conditions.* create-acm-cert customer-owned-ipv4-pool dry-run-plan enable-frontend-nlb frontend-nlb-attributes
    frontend-nlb-eip-allocations frontend-nlb-healthcheck-healthy-threshold-count
    frontend-nlb-healthcheck-interval-seconds frontend-nlb-healthcheck-path frontend-nlb-healthcheck-port
    frontend-nlb-healthcheck-protocol frontend-nlb-healthcheck-success-codes
    frontend-nlb-healthcheck-timeout-seconds frontend-nlb-healthcheck-unhealthy-threshold-count
    frontend-nlb-listener-port-mapping frontend-nlb-scheme frontend-nlb-security-groups frontend-nlb-subnets
    frontend-nlb-tags group.name group.order healthcheck-interval-seconds healthcheck-path healthcheck-port
    healthcheck-protocol healthcheck-timeout-seconds healthy-threshold-count inbound-cidrs ip-address-type
    ipam-ipv4-pool-id jwt-validation listen-ports listener-attributes.* load-balancer-attributes load-balancer-name
    manage-backend-security-group-rules minimum-load-balancer-capacity multi-cluster-target-group
    mutual-authentication scheme security-group-prefix-lists security-groups shield-advanced-protection ssl-policy
    ssl-redirect subnets success-codes tags target-control-port.* target-group-attributes target-node-labels
    target-type transforms.* unhealthy-threshold-count use-regex-path-match waf-acl-id wafv2-acl-arn wafv2-acl-name
    web-acl-id
`);

/** Prefix of the annotations of AWS Load Balancer Controller. */
export const ALB_PREFIX = "alb.ingress.kubernetes.io";

/** The annotation with the group of Ingresses that have a load balancer in common. */
export const GROUP = `${ALB_PREFIX}/group.name`;

/**
 * Names by which the controller of AWS is recognised. Alibaba Cloud's has the same prefix, and reads certificates in
 * Secrets (pkg/controller/ingress/reconcile/annotations/annotations.go of kubernetes/cloud-provider-alibaba-cloud).
 */
export const ALB_OF_AWS = /^alb\.ingress\.kubernetes\.io\/(group\.name|scheme|security-groups|subnets|target-type)$/;

/**
 * Sign-in and client certificates: buildActions in pkg/ingress/model_build_actions.go, pkg/ingress/
 * auth_config_builder.go, and computeIngressListenPortConfigByPort in pkg/ingress/model_build_listener.go.
 */
export const ALB_ACCESS: AccessTable = {
    [`${ALB_PREFIX}/auth-type`]: { needsTls: true, values: ["none", "oidc", "cognito"] },
    [`${ALB_PREFIX}/auth-idp-*`]: { needs: `${ALB_PREFIX}/auth-type` },
    [`${ALB_PREFIX}/auth-on-unauthenticated-request`]: { values: ["authenticate", "allow", "deny"] },
    [`${ALB_PREFIX}/jwt-validation`]: { needsTls: true },
    [`${ALB_PREFIX}/mutual-authentication`]: { needsTls: true },
};

/**
 * Names that the controller merges with those of Services: buildAuthConfig in pkg/ingress/enhanced_backend_builder.go,
 * pkg/ingress/model_build_target_group.go, model_build_frontend_nlb.go and model_build_tags.go.
 */
export const ALB_OF_SERVICES = new RegExp(
    `^${ALB_PREFIX.replaceAll(".", "\\.")}/(auth-|backend-protocol|(frontend-nlb-)?healthcheck-|healthy-` +
        "|multi-cluster-target-group$|success-codes$|tags$|target-|unhealthy-)",
);
