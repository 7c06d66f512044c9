import { GUID } from "../fields/guid";
import { issue, type Issue } from "../fields/issue";

const CLIENT_ID =
    "is the id of a client, not its secret. Set it to the client secret that the identity provider shows beside";

/** Forms of ids that consoles show beside client secrets, and what is wrong with them, by kind. */
const IDS: Readonly<Record<string, readonly [form: RegExp, message: string]>> = {
    // https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials
    azuread: [
        GUID,
        "is the id of a client secret, not its value. Set it to the value, which Entra ID shows when it creates the secret",
    ],
    // The id of the application (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Application/).
    okta: [/^0oa[0-9A-Za-z]{17}$/, CLIENT_ID],
};

/**
 * The issue of a `keep:authClientSecret` that is an id. Keycloak may have the same text as id and secret of a client:
 * there, administrators choose both.
 * @param secret the secret, which is not known if it is an Output
 * @param auth `keep:auth` as it is written, valid or not
 */
export function clientSecretIssues(secret: unknown, auth: unknown): Issue[] {
    const { kind, clientId } = (auth ?? {}) as { readonly kind?: unknown; readonly clientId?: unknown };
    const [, [form, message] = [undefined, CLIENT_ID]] = Object.entries(IDS).find(([name]) => name === kind) ?? [];
    return typeof secret === "string" && (form?.test(secret) === true || (secret === clientId && kind !== "keycloak"))
        ? [issue("authClientSecret", message, { secretKey: "authClientSecret" })]
        : [];
}
