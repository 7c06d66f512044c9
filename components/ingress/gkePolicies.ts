import type { SharedConfig } from "./fields";
import { scopeOf } from "../naming";
import { customObject } from "./ingressObject";
import type { IngressContext, IngressObject } from "./kind";

/** What the policies have of the settings. */
interface PolicyConfig extends SharedConfig {
    readonly backendPolicies: boolean;
}

/**
 * Health checks and timeouts, which a GKE Gateway reads from policies of the Services instead of its routes. A Service
 * can have only one GCPBackendPolicy, the oldest, so the program leaves its own out for users who need another
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources).
 */
export function gkePolicies({ release, config, component, services }: IngressContext<PolicyConfig>): IngressObject[] {
    const scope = scopeOf(release, component);
    return services.flatMap(({ service, healthPath }) => {
        const policy = (kind: string, settings: object) =>
            customObject(
                `-${kind.toLowerCase()}-${service}`,
                { ...scope, name: service },
                {
                    apiVersion: "networking.gke.io/v1",
                    kind,
                    spec: { default: settings, targetRef: { group: "", kind: "Service", name: service } },
                },
            );
        return [
            policy("HealthCheckPolicy", {
                checkIntervalSec: 15,
                timeoutSec: 5,
                healthyThreshold: 1,
                unhealthyThreshold: 3,
                config: { type: "HTTP", httpHealthCheck: { requestPath: healthPath } },
            }),
            ...(config.backendPolicies ? [policy("GCPBackendPolicy", { timeoutSec: config.timeoutSeconds })] : []),
        ];
    });
}
