import type { AuthConfig } from "../auth/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import type { IngressConfig } from "../ingress/settings";
import type { VerifyConfig } from "./settings";

/** Conditions on the Job that checks an installation: it reaches the public URL from a pod, and can sign in. */
export const verifyRules: readonly Rule<{
    readonly auth: AuthConfig;
    readonly ingress: IngressConfig;
    readonly publicUrl: string;
    readonly verify: VerifyConfig;
}>[] = [
    ({ publicUrl, verify }) => [
        verify.enabled &&
            /^(.*\.)?localhost$|^127\.|^\[::1\]$/.test(new URL(publicUrl).hostname) &&
            issue(
                "verify.enabled",
                `cannot reach keep:publicUrl ("${publicUrl}") from a pod. Remove it, and run npm run verify on your machine`,
            ),
    ],
    ({ ingress, verify }) => [
        verify.enabled &&
            ingress.kind === "none" &&
            issue(
                "verify.enabled",
                "needs a public URL, which keep:ingress.kind none does not create. Choose another kind, or remove it",
            ),
    ],
    ({ auth, verify }) => [
        verify.enabled &&
            auth.kind !== "db" &&
            auth.kind !== "noauth" &&
            verify.apiKeySecret === undefined &&
            issue(
                "verify.apiKeySecret",
                `is missing: only a browser can sign in with keep:auth.kind ${auth.kind}. Name the key of a Secret that holds an API key of role admin`,
            ),
    ],
];
