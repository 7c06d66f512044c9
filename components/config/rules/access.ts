import { addressProblems } from "./addresses";
import { authProblems } from "./auth";
import { type Rule, rule } from "./rule";

/** Conditions on the way in: its addresses, who signs in how, and what the network lets through. */
export const accessRules: readonly Rule[] = [
    rule(["publicUrl", "ingress", "frontend", "websocket"], addressProblems),
    rule(["auth", "ingress", "networkPolicy", "provision", "publicUrl"], authProblems),
    rule(["auth", "ingress", "networkPolicy"], ({ auth, ingress, networkPolicy }) => [
        networkPolicy.enabled &&
            networkPolicy.edge.length === 0 &&
            (ingress.kind !== "none" || auth.kind === "oauth2proxy") && {
                key: "keep:networkPolicy.edge",
                fault: "is empty, so that nothing from outside would reach Keep. Name the pods that requests come through, such as [{namespace: ingress-nginx}], or their addresses",
            },
    ]),
];
