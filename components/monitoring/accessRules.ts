import { hidesMetrics } from "../ingress/settings";
import { addressProblems } from "../ingress/rules";
import { authProblems } from "../auth/rules";
import { type Rule, rule } from "../settings/rule";

/** Conditions on the way in: its addresses, who signs in how, and what the network lets through. */
export const accessRules: readonly Rule[] = [
    rule(["publicUrl", "ingress", "frontend", "websocket"], addressProblems),
    rule(["auth", "ingress", "networkPolicy", "provision", "publicUrl"], authProblems),
    rule(["auth", "ingress", "networkPolicy"], ({ auth, ingress, networkPolicy }) => [
        networkPolicy.enabled &&
            networkPolicy.edge.length === 0 &&
            (ingress.kind !== "none" || auth.kind === "oauth2proxy") && {
                key: "keep:networkPolicy.edge",
                message:
                    "is empty, so that nothing from outside would reach Keep. Name the pods that requests come through, such as [{namespace: ingress-nginx}], or their addresses",
            },
    ]),
    rule(["backend", "ingress"], ({ backend, ingress }) => {
        // Where it is on, Keep asks for no API key on /metrics/processing (keep/api/routes/metrics.py).
        const value = backend.env.KEEP_NO_AUTH_METRICS ?? "false";
        const isOff = value === "false" || value === "0";
        return [
            !isOff &&
                !hidesMetrics(ingress) && {
                    key: "keep:backend.env.KEEP_NO_AUTH_METRICS",
                    value,
                    message: `would show metrics to the public: a percent-encoded path gets around a way in of kind ${ingress.kind}. Remove it and give your monitoring an API key, or set keep:ingress.kind to nginx, f5-nginx or traefik`,
                },
        ];
    }),
];
