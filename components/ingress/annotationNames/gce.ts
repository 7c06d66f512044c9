import { GKE, GOOGLE_CLOUD } from "./services";
import { words } from "./words";

/** Names of GKE Ingress, with the beginning of Kubernetes' own: pkg/annotations of kubernetes/ingress-gce. */
export const GCE_INGRESS = words("allow-http class global-static-ip-name regional-static-ip-name");

/** Names after `ingress.gcp.kubernetes.io/`. */
export const GCE_CERTIFICATES = words("pre-shared-cert");

/**
 * Names after `networking.gke.io/`, also those of Services of load balancers, and `managed-certificates` of
 * GoogleCloudPlatform/gke-managed-certs.
 */
export const GCE_NETWORKING = [
    ...words("managed-certificates suppress-firewall-xpn-error transparent-health-checker v1beta1.FrontendConfig"),
    ...GKE,
];

/** Names after `cloud.google.com/`, of Services. */
export const GCE_SERVICES = [...words("app-protocols backend-config neg neg-status"), ...GOOGLE_CLOUD];
