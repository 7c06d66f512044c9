import type { AuthConfig } from "../auth/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import type { IngressConfig } from "../ingress/settings";
import type { TierEnv } from "../tiers/settings";
import type { VerifyConfig } from "./settings";

/** Conditions on the Job that verifies an installation: a pod can reach the public URL and sign in. */
export const verifyRules: readonly Rule<{
    readonly auth: AuthConfig;
    readonly backend: { readonly env: TierEnv };
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
            issue("verify.enabled", "needs an ingress, but keep:ingress.kind is none. Use another kind, or remove it"),
    ],
    ({ auth, verify }) => [
        verify.enabled &&
            auth.kind !== "db" &&
            auth.kind !== "noauth" &&
            verify.apiKeySecret === undefined &&
            issue(
                "verify.apiKeySecret",
                `is missing, but with keep:auth.kind ${auth.kind} only a browser can sign in. Set it to the key of a Secret that contains an API key with the role admin`,
            ),
    ],
    // The Job sends an alert, which a read-only API takes with this key alone (keep/identitymanager/authverifierbase.py).
    ({ backend, verify }) => [
        verify.enabled &&
            verify.apiKeySecret === undefined &&
            backend.env.KEEP_READ_ONLY === "true" &&
            issue(
                "verify.apiKeySecret",
                "is missing, but backend.env.KEEP_READ_ONLY is true, so the API rejects the Job's alert. Set it to the key of a Secret that contains the API key of KEEP_READ_ONLY_BYPASS_KEY, or remove keep:verify",
            ),
    ],
];
