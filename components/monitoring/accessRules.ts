import { hidesMetrics } from "../ingress/settings";
import { addressProblems } from "../ingress/rules";
import { authProblems } from "../auth/rules";
import type { SecretKeyName } from "../secrets/settings";
import type { StackConfig } from "../settings/schema";
import type { Rule } from "../fields/rule";
import { issue } from "../fields/issue";

/** Conditions on the way in: its addresses, who signs in how, and what the network lets through. */
export const accessRules: readonly Rule<StackConfig, SecretKeyName>[] = [
    addressProblems,
    authProblems,
    ({ auth, ingress, networkPolicy }) => [
        networkPolicy.enabled &&
            networkPolicy.edge.length === 0 &&
            (ingress.kind !== "none" || auth.kind === "oauth2proxy") &&
            issue(
                "networkPolicy.edge",
                "is empty, so that nothing from outside would reach Keep. Name the pods that requests come through, such as [{namespace: ingress-nginx}], or their addresses",
            ),
    ],
    ({ backend, ingress }) => {
        // Where it is on, Keep asks for no API key on /metrics/processing (keep/api/routes/metrics.py).
        const value = backend.env.KEEP_NO_AUTH_METRICS ?? "false";
        const isOff = value === "false" || value === "0";
        return [
            !isOff &&
                !hidesMetrics(ingress) &&
                issue(
                    "backend.env.KEEP_NO_AUTH_METRICS",
                    `would show metrics to the public: a percent-encoded path gets around a way in of kind ${ingress.kind}. Remove it and give your monitoring an API key, or set keep:ingress.kind to nginx, f5-nginx or traefik`,
                    { value },
                ),
        ];
    },
];
