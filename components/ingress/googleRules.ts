import { issue, type Issue } from "../fields/issue";
import { repeated } from "../fields/pairs";
import type { Rule } from "../fields/rule";
import { hasLater } from "../tokens";
import { type AllIngresses, type ExposedConfig, exposedIngresses } from "./settings";

type Placed = ReturnType<typeof exposedIngresses>[number];

/** Conditions on several load balancers of Google, which read objects with the names of the Services. */
export const googleRules: readonly Rule<AllIngresses>[] = [
    (settings) =>
        repeated(
            exposedIngresses(settings).flatMap(({ config, path }) => (config.kind === "gce" ? [{ config, path }] : [])),
            ({ config }) => config.kind,
        ).map(([{ config, path }, first]) =>
            issue(
                [...path.split("."), "kind"],
                `is the kind of keep:${first.path} as well, but the BackendConfigs have the names of the Services and exist once. Set it to generic, with ${config.className ?? "gce"} in the annotation kubernetes.io/ingress.class, which uses the same BackendConfigs, and needs tls.secretName or tls.terminatedOutside`,
                { value: config.kind },
            ),
        ),
    (settings) => {
        const all = exposedIngresses(settings);
        return all.flatMap((one, index) => policyIssues(one, all.slice(0, index)));
    },
];

/**
 * Issues of a Gateway on GKE with other settings for a Service than an earlier one: a Service can have only one
 * GCPBackendPolicy (https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources).
 */
function policyIssues({ config, path }: Placed, earlier: readonly Placed[]): Issue[] {
    const policy = policyOf(config);
    const first = earlier.find((other) => policyOf(other.config) !== undefined);
    const common = first && policyOf(first.config);
    return policy === undefined || first === undefined || common === undefined
        ? []
        : (["backendPolicies", "timeoutSeconds"] as const)
              .filter((key) => policy[key] !== undefined && common[key] !== undefined && policy[key] !== common[key])
              .filter((key) => !hasLater([policy[key], common[key]]))
              .map((key) =>
                  issue(
                      [...path.split("."), key],
                      `is not the value of keep:${first.path}.${key} ({other}), but a Service can have only one GCPBackendPolicy. Set the same value in both`,
                      { value: policy[key], other: { path: [...first.path.split("."), key], value: common[key] } },
                  ),
              );
}

/** What an ingress sets in the policies of Services; undefined if it is no Gateway on GKE. */
function policyOf(config: ExposedConfig) {
    if (config.kind !== "gateway" || config.implementation !== "gke") {
        return undefined;
    }
    const { backendPolicies, timeoutSeconds } = config;
    return { backendPolicies, timeoutSeconds: backendPolicies ? timeoutSeconds : undefined };
}
