import type { Documentation } from "./kind";

/**
 * Documentation of the kind `gateway`. Sources: entryPointName in pkg/provider/kubernetes/gateway of traefik/traefik,
 * internal/controller/state/graph/httproute.go of nginx/nginx-gateway-fabric, and
 * https://docs.cilium.io/en/stable/network/servicemesh/ingress-reference/.
 */
export const gatewayDocumentation: Documentation = {
    objects: "HTTPRoutes, optionally a Gateway",
    recipe: {
        parentRef: { name: "shared", namespace: "infra", sectionName: "https", redirectSection: "http" },
        tls: { defaultCertificate: true },
    },
    notes: `This example attaches HTTPRoutes to an existing Gateway whose listener has the certificate. The Gateway must allow routes from Keep's
namespace (\`allowedRoutes\`).

To create a Gateway for Keep instead, replace \`parentRef\` by \`className: envoy\`, and set \`tls: { clusterIssuer: letsencrypt }\`. The program also
writes \`annotations\` and the first eight \`keep:labels\` to the \`infrastructure\` of this Gateway. Envoy Gateway, Istio, NGINX Gateway
Fabric, Cilium and others copy them to the Service of the load balancer, such as \`service.beta.kubernetes.io/azure-load-balancer-internal\`.
Traefik and HAProxy have one Service for all Gateways: set such annotations there. With a class of Kong, or one that the program does
not know, annotations about access to the load balancer are rejected. Create the Gateway yourself then, and set \`parentRef\`.

The program accepts \`service.beta.kubernetes.io/load-balancer-source-ranges\` only beside another annotation of a cloud that reads it, such as
AWS, Azure or Google Cloud. Other load balancers read the field \`spec.loadBalancerSourceRanges\` alone, and would be open to everybody.

The listeners of this Gateway have the ports 80 and 443. Traefik serves a listener only if an entry point has its port, and its chart uses 8000
and 8443. Use the kind \`traefik\`, or set \`parentRef\` to the Gateway of the chart.

AWS Load Balancer Controller cannot use certificates in Secrets. With \`className: aws-alb\`, set \`tls.defaultCertificate: true\`. AWS then chooses a
certificate of AWS Certificate Manager by the host names. In the LoadBalancerConfiguration of the GatewayClass, set \`scheme\`, and
\`idle_timeout.timeout_seconds\` to \`3600\` for the websocket. For each Service, also create a TargetGroupConfiguration with \`targetType: ip\`, or set
\`service.type\` of the tier to \`NodePort\`. Otherwise, the controller creates no load balancer.

Some implementations ignore \`timeoutSeconds\`, and close an idle websocket after 60 seconds:

- NGINX Gateway Fabric: create a ProxySettingsPolicy for the HTTPRoutes, with \`timeout.read: 3600s\`. With an identity provider, also set
  \`buffering\` to \`{ bufferSize: 16k, buffers: { number: 8, size: 16k } }\`. Otherwise, NGINX answers 502 after the sign-in.
- Kong: set \`keep:websocket.service.annotations\` to \`{ konghq.com/read-timeout: "3600000" }\`, in milliseconds.
- APISIX: create a BackendTrafficPolicy for the Service of the websocket server, with \`timeout.read: 3600s\`.

Istio, NGINX Gateway Fabric 2, kgateway, agentgateway and Contour's provisioner run the proxy of this Gateway in Keep's namespace. Pod Security
\`restricted\`, the default of \`keep:namespace.podSecurity\`, rejects a proxy without a seccomp profile. For an Istio of your own, set the value
\`gateways.seccompProfile.type\` of its chart \`istiod\` to \`RuntimeDefault\`. For the others, set \`keep:namespace.podSecurity: baseline\` if their proxy does
not start, or set \`parentRef\` to a Gateway in another namespace.

With network policies, the program admits these proxies [without an entry](network-policies.md#gateways) in \`keep:networkPolicy.edge\`. This list cannot select Cilium's own Ingress and Gateway: set [\`keep:networkPolicy.cilium.edge\`](network-policies.md#cilium) to \`true\`.

On GKE, set \`implementation: gke\`. The program then creates Google's policies for health checks and timeouts. A global Gateway can
use a certificate map of Certificate Manager: set the annotation \`networking.gke.io/certmap\` and \`tls.defaultCertificate: true\`. With
network policies, \`keep:networkPolicy.edge\` needs the addresses of [\`gce\`](#gce).

On GKE, a Service can have only one GCPBackendPolicy, and a newer one has no effect. For IAP or Cloud Armor, set \`backendPolicies: false\`, and
create a GCPBackendPolicy for each Service. Set \`timeoutSec: 3600\` in yours, instead of \`keep:ingress.timeoutSeconds\`. Without it, the load
balancer closes every websocket after 30 seconds. The program still creates the HealthCheckPolicies. Two Gateways
share these policies: give both the same \`timeoutSeconds\` and \`backendPolicies\`.`,
};
