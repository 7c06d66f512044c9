import type { AuthConfig } from "../auth/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import type { IngressConfig } from "../ingress/settings";
import type { NetworkPolicyConfig } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly ingress: IngressConfig;
    readonly networkPolicy: NetworkPolicyConfig;
}

/** Conditions on network policies: they allow requests from the edge. */
export const networkRules: readonly Rule<Settings>[] = [
    ({ auth, ingress, networkPolicy }) => [
        networkPolicy.enabled &&
            networkPolicy.edge.length === 0 &&
            (ingress.kind !== "none" || auth.kind === "oauth2proxy") &&
            issue(
                "networkPolicy.edge",
                "is empty, so no request from outside can reach Keep. Set it to the pods that forward requests, such as [{namespace: traefik}], or to their addresses",
            ),
    ],
];
