import { GUID } from "../fields/guid";
import { issue, type Issue } from "../fields/issue";

/**
 * The issue of a `keep:authClientSecret` that is the id of a client secret of Entra ID, which its console shows beside the
 * value (https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials).
 * @param secret the secret, which is not known if it is an Output
 * @param auth `keep:auth` as it is written, valid or not
 */
export function clientSecretIssues(secret: unknown, auth: unknown): Issue[] {
    const kind = (auth as { readonly kind?: unknown } | undefined | null)?.kind;
    return kind === "azuread" && typeof secret === "string" && GUID.test(secret)
        ? [
              issue(
                  "authClientSecret",
                  "is the id of a client secret, not its value. Set it to the value, which Entra ID shows when it creates the secret",
                  { secretKey: "authClientSecret" },
              ),
          ]
        : [];
}
