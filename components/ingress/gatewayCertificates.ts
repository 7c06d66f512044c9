import { issue, type Issue } from "../fields/issue";
import { secretIssue } from "./albListeners";
import { secretSetting, type SharedConfig } from "./fields";

/** Names of the listeners of a Gateway that the stack creates. */
export const HTTP = "http";
/** The listener with the certificate. */
export const HTTPS = "https";

/**
 * Annotation of a Gateway on GKE that names a map of Certificate Manager. Its listeners take their certificates from the
 * map, and GKE rejects certificateRefs beside it (https://cloud.google.com/kubernetes-engine/docs/how-to/secure-gateway).
 */
const CERTIFICATE_MAP = "networking.gke.io/certmap";

/** Classes of GKE whose load balancers have no such map (https://cloud.google.com/certificate-manager/docs/deploy). */
const REGIONAL = /regional|rilb/;

/**
 * The usual classes of AWS Load Balancer Controller, as in its documentation. It finds certificates by the host names of
 * routes, and reads no certificateRefs (docs/guide/gateway/gateway.md of kubernetes-sigs/aws-load-balancer-controller).
 */
export const AWS_CLASS = /(^|[^a-z])aws-alb([^a-z]|$)/;

/** Classes that may be of the same controller, or of Alibaba Cloud's, which is named alb. */
const PERHAPS_AWS = /^(?!azure)(.*[^a-z])?(alb|aws|nlb)([^a-z]|$)/;

/** What the functions here read of the kind `gateway`. */
interface GatewaySettings extends Pick<SharedConfig, "annotations" | "tls"> {
    readonly className?: string;
    readonly implementation: string;
    readonly parentRef?: object;
}

/** Issues of certificates that a Gateway's listener does not have, or cannot use. */
export function gatewayCertificateIssues(config: GatewaySettings): (Issue | false)[] {
    const { annotations, className, implementation, parentRef, tls } = config;
    const secret = secretSetting(tls);
    const readsMap = implementation === "gke" && className !== undefined && !REGIONAL.test(className);
    const hasMap = readsMap && annotations[CERTIFICATE_MAP] !== undefined;
    const isAws = className !== undefined && AWS_CLASS.test(className);
    const inSecret =
        className !== undefined && PERHAPS_AWS.test(className)
            ? ""
            : `Set secretName, issuer or clusterIssuer${readsMap ? `, or the annotation ${CERTIFICATE_MAP}` : ""}; or create`;
    return [
        parentRef !== undefined &&
            secret !== undefined &&
            issue(
                secret.path,
                "cannot be used with an existing Gateway, whose listener has the certificate. Set keep:ingress.tls.defaultCertificate to true, or set keep:ingress.className to create a Gateway",
                { value: secret.value },
            ),
        isAws &&
            parentRef === undefined &&
            secretIssue(tls, "the certificate in a LoadBalancerConfiguration of the GatewayClass"),
        secret !== undefined &&
            hasMap &&
            issue(
                secret.path,
                `cannot be used with the annotation ${CERTIFICATE_MAP}: GKE accepts only one of them. Set keep:ingress.tls.defaultCertificate to true instead, or remove the annotation`,
                { value: secret.value },
            ),
        className !== undefined &&
            tls?.defaultCertificate === true &&
            !hasMap &&
            !isAws &&
            issue(
                "ingress.tls.defaultCertificate",
                `does not exist in the Gateway API, where a listener needs a certificate. ${inSecret || "Create"} the Gateway yourself, and set keep:ingress.parentRef instead of className`,
                { value: true },
            ),
    ];
}

/**
 * Listeners of a Gateway that the stack creates.
 * @param certificate name of the Secret; undefined: the implementation has the certificate
 */
export function listeners(encrypted: boolean, certificate: string | undefined): object[] {
    const tls = certificate === undefined ? undefined : { mode: "Terminate", certificateRefs: [{ name: certificate }] };
    return [
        { name: HTTP, port: 80, protocol: "HTTP" },
        ...(encrypted ? [{ name: HTTPS, port: 443, protocol: "HTTPS", tls }] : []),
    ];
}
