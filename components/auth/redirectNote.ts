import type { AuthConfig } from "./settings";

/**
 * A warning about a sign-in that fails: Microsoft Entra ID returns browsers to http only at localhost
 * (https://learn.microsoft.com/entra/identity-platform/reply-url). Undefined for other public URLs and providers.
 * @param namespace prefix of keys in messages
 */
export function redirectNote(
    namespace: string,
    { auth, publicUrl }: { readonly auth: AuthConfig; readonly publicUrl: string },
): string | undefined {
    return auth.kind === "azuread" && /^http:\/\/(?!(localhost|127\.0\.0\.1)(:|\/|$))/.test(publicUrl)
        ? `${namespace}publicUrl: nobody can sign in, because Microsoft Entra ID returns browsers to http only at localhost. Use https, with ${namespace}ingress.tls`
        : undefined;
}
