import { isClient } from "./settings";
import type { StackConfig } from "../settings/schema";
import type { SecretKeyName } from "../secrets/settings";
import { issue, type Issue } from "../fields/issue";

type Settings = Pick<StackConfig, "auth" | "ingress" | "networkPolicy" | "provision" | "publicUrl">;

/** Conditions on the way people sign in: who may be let in unasked, whose headers are believed, and where the secrets come from. */
export function authProblems(config: Settings, has: (key: SecretKeyName) => boolean): Issue[] {
    return [
        ...openProblems(config),
        ...headerProblems(config),
        ...tenantProblems(config, has),
        ...secretProblems(config, has),
    ];
}

/** Without sign-in everybody is an administrator, and any API key is taken: fit for a laptop only. */
function openProblems({ auth, publicUrl }: Settings): Issue[] {
    return auth.kind === "noauth" && !auth.acceptPublic && !isLoopback(publicUrl)
        ? [
              issue(
                  "auth.kind",
                  "makes everybody who opens keep:publicUrl an administrator. Choose db or an identity provider, or say keep:auth.acceptPublic: true",
                  { value: auth.kind },
              ),
          ]
        : [];
}

function isLoopback(publicUrl: string): boolean {
    const { protocol, hostname } = new URL(publicUrl);
    return protocol === "http:" && /^(localhost|.+\.localhost|127(\.[0-9]+){3}|\[::1\])$/.test(hostname);
}

/** Keep takes a user's name and groups from headers as they come (oauth2proxy_authverifier.py): nobody else may send them. */
function headerProblems({ auth, ingress, networkPolicy }: Settings): Issue[] {
    if (auth.kind !== "oauth2proxy") {
        return [];
    }
    const problems: (Issue | false)[] = [
        !networkPolicy.enabled &&
            issue(
                "networkPolicy.enabled",
                "leaves the API open to forged headers from any pod of the cluster, since keep:auth.kind is oauth2proxy. Set it to true, and name the proxy in keep:networkPolicy.edge",
                { value: false },
            ),
        ingress.kind !== "none" &&
            !auth.edgeSetsHeaders &&
            issue(
                "auth.edgeSetsHeaders",
                `would let anybody outside sign in as anybody: keep:ingress passes ${ingress.backendPrefix} straight to the API, which believes ${auth.userHeader}. ` +
                    "Make the edge overwrite these headers on every path and say so with true, or set keep:ingress.kind to none and put the proxy in front",
                { value: false },
            ),
    ];
    return problems.filter((problem) => problem !== false);
}

/** With these two the tenant comes from the provider, and setup makes neither the tenant "keep" nor its API keys (keep/api/config.py). */
function tenantProblems({ auth, provision }: Settings, has: (key: SecretKeyName) => boolean): Issue[] {
    if (auth.kind !== "auth0" && auth.kind !== "azuread") {
        return [];
    }
    const message = `is given, but with keep:auth.kind ${auth.kind} Keep makes no tenant for it at setup. Remove it, and make it in the user interface`;
    const files = (["workflows", "mappings", "dashboards"] as const).filter((part) => provision[part] !== undefined);
    return [
        ...(["apiKeys", "providers"] as const).filter(has).map((key) => issue(key, message)),
        ...files.map((part) => issue(`provision.${part}`, message, { value: provision[part] })),
    ];
}

/** Each secret comes from one place, and none is there for nothing. */
function secretProblems({ auth }: Settings, has: (key: SecretKeyName) => boolean): Issue[] {
    return [
        ...oneSource(auth.kind, has("authClientSecret"), "authClientSecret", {
            key: "clientSecret",
            wanted: isClient(auth),
            given: isClient(auth) && auth.clientSecret !== undefined,
        }),
        ...oneSource(auth.kind, has("keycloakAdminPassword"), "keycloakAdminPassword", {
            key: "adminPassword",
            wanted: auth.kind === "keycloak",
            given: auth.kind === "keycloak" && auth.adminPassword !== undefined,
        }),
        ...(has("oktaApiToken") && auth.kind !== "okta" ? [unused("oktaApiToken", auth.kind)] : []),
        ...(has("firstUserPassword") && auth.kind !== "db"
            ? [issue("firstUserPassword", `is set, but keep:auth.kind is ${auth.kind}, which makes no user. Remove it`)]
            : []),
    ];
}

function oneSource(
    kind: string,
    isConfigured: boolean,
    name: SecretKeyName,
    reference: { readonly key: string; readonly wanted: boolean; readonly given: boolean },
): Issue[] {
    const place = `auth.${reference.key}`;
    if (!reference.wanted) {
        return isConfigured ? [unused(name, kind)] : [];
    }
    if (isConfigured && reference.given) {
        return [issue(place, `is given beside keep:${name}. Keep one of them`)];
    }
    return isConfigured || reference.given
        ? []
        : [
              issue(
                  name,
                  `is missing, but keep:auth.kind is ${kind}. Set it, or name an existing Secret in keep:${place}`,
                  { secretKey: name },
              ),
          ];
}

function unused(name: SecretKeyName, kind: string): Issue {
    return issue(name, `is set, but keep:auth.kind is ${kind}, which has no use for it. Remove it`);
}
