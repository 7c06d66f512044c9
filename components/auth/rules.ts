import { isOnlyInCluster } from "../fields/host";
import { issue } from "../fields/issue";
import type { Has, Rule } from "../fields/rule";
import { hostOf, portOf } from "../fields/traffic";
import { allOf } from "../fields/vocabulary";
import { type ApiIngresses, confirmation, missingOnApi } from "../ingress/access";
import { exposures, type ExposureSettings } from "../ingress/exposure";
import { cachesOfOthers } from "../ingress/signInHeaders";
import type { ExistingSecrets } from "../secrets/existing";
import { KIND_NAMES } from "../provision/kinds";
import type { ProvisionConfig } from "../provision/settings";
import { AUTH_SECRETS, type AuthSecretName } from "./provider";
import { type AuthConfig, tenantSetting, usedSecrets } from "./settings";

type Settings = ExposureSettings & ApiIngresses & Own;

interface Own {
    readonly auth: AuthConfig;
    readonly existingSecrets: ExistingSecrets;
    readonly provision: ProvisionConfig;
}

/** Conditions on sign-in: no public access without it, and each secret is set exactly once. */
export const authRules: readonly Rule<Settings, AuthSecretName | "apiKeys" | "providers">[] = [
    // Without sign-in, everyone is an administrator, and Keep accepts any API key.
    ({ auth, publicUrl, ingress, extraIngresses, frontend, backend }) => {
        const exposed = exposures({ publicUrl, ingress, extraIngresses, frontend, backend });
        return [
            auth.kind === "noauth" &&
                !auth.acceptPublic &&
                exposed.length > 0 &&
                issue(
                    "auth.kind",
                    `makes everyone who can reach Keep an administrator, and Keep is exposed by ${allOf(exposed)}. Use db or an identity provider, or confirm it with keep:auth.acceptPublic: true. With http://localhost:3000 and keep:ingress.kind none, no confirmation is needed`,
                    { value: auth.kind },
                ),
        ];
    },
    ({ auth, ...settings }) =>
        auth.kind === "noauth"
            ? missingOnApi(settings, ["sign-in", "list"]).map(({ path, value, objects, ingress, fault, fix }) =>
                  issue(
                      path,
                      `${fault}, where keep:auth.kind noauth makes everyone an administrator. ${fix}, or use another keep:auth.kind${confirmation(objects, ingress)}`,
                      { value },
                  ),
              )
            : [],
    ({ auth, ...settings }) =>
        auth.kind === "noauth" || auth.kind === "oauth2proxy"
            ? cachesOfOthers(settings).map(({ path, value }) =>
                  issue(
                      path,
                      "does not contain $http_cookie, so for minutes the answer to one user counts for others, who then have access as this user. Add $http_cookie to it, or remove it",
                      { value },
                  ),
              )
            : [],
    // The user interface sends browsers to the sign-in page of the issuer (keep-ui/auth.config.ts).
    ({ auth, publicUrl }) => {
        if (auth.kind !== "keycloak") {
            return [];
        }
        const { issuer, url } = auth;
        const fault =
            issuer === undefined
                ? `is missing, and browsers cannot reach keep:auth.url (${url})`
                : "has a host that only the cluster knows, and browsers sign in there";
        return [
            isOnlyInCluster(hostOf(issuer ?? url), portOf(issuer ?? url), publicUrl) &&
                issue(
                    "auth.issuer",
                    `${fault}. Set it to the issuer of the realm for browsers, such as https://keycloak.example.com/realms/keep`,
                    { value: issuer },
                ),
        ];
    },
    ({ auth, existingSecrets, provision }, has) => {
        const setting = tenantSetting(auth);
        if (setting === undefined) {
            return [];
        }
        const message = `is set, but ${setting} gives users tenants of their own, in which Keep provisions nothing. Remove it, and create it in the user interface`;
        const files = KIND_NAMES.filter((part) => provision[part] !== undefined);
        const keys = ["apiKeys", "providers"] as const;
        return [
            ...keys.filter(has).map((key) => issue(key, message)),
            ...keys
                .filter((key) => existingSecrets[key] !== undefined)
                .map((key) => issue(["existingSecrets", key], message)),
            ...files.map((part) => issue(`provision.${part}`, message, { value: provision[part] })),
        ];
    },
    ({ auth, existingSecrets }, has) => AUTH_SECRETS.map((name) => secretIssue(auth, existingSecrets, name, has)),
    ({ auth, existingSecrets }) =>
        (["firstUserPassword", "oktaApiToken"] as const).map(
            (name) =>
                existingSecrets[name] !== undefined &&
                !usedSecrets(auth, existingSecrets).some((secret) => secret.name === name) &&
                issue(["existingSecrets", name], notUsed(auth)),
        ),
];

function notUsed({ kind }: AuthConfig): string {
    return `is set, but keep:auth.kind ${kind} does not use it. Remove it`;
}

/** The issue of a secret that is missing, not used, or set twice. */
function secretIssue(auth: AuthConfig, existing: ExistingSecrets, name: AuthSecretName, has: Has<AuthSecretName>) {
    const used = usedSecrets(auth, existing).find((secret) => secret.name === name);
    if (used === undefined) {
        return has(name) && issue(name, notUsed(auth));
    }
    const { isRequired, reference, setting } = used;
    return has(name)
        ? reference !== undefined && issue(setting, `is set, and so is keep:${name}. Keep one of them`)
        : isRequired &&
              reference === undefined &&
              issue(
                  name,
                  `is missing, but keep:auth.kind ${auth.kind} needs it. Set it, or set keep:${setting} to an existing Secret`,
                  { secretKey: name },
              );
}
