import { issue } from "../fields/issue";
import type { Has, Rule } from "../fields/rule";
import type { IngressConfig } from "../ingress/settings";
import type { ProvisionConfig } from "../provision/settings";
import { AUTH_SECRETS, type AuthSecretName } from "./provider";
import { type AuthConfig, providers, usedSecrets } from "./settings";

interface Settings {
    readonly auth: AuthConfig;
    readonly ingress: IngressConfig;
    readonly networkPolicy: { readonly enabled: boolean };
    readonly provision: ProvisionConfig;
    readonly publicUrl: string;
}

/** Conditions on how people sign in: who gets in without, whose headers Keep trusts, and where the secrets come from. */
export const authRules: readonly Rule<Settings, AuthSecretName | "apiKeys" | "providers">[] = [
    // Without sign-in everybody is an administrator, and Keep accepts any API key.
    ({ auth, publicUrl }) => [
        auth.kind === "noauth" &&
            !auth.acceptPublic &&
            !isLoopback(publicUrl) &&
            issue(
                "auth.kind",
                "makes everybody who opens keep:publicUrl an administrator. Choose db or an identity provider, or confirm it with keep:auth.acceptPublic: true",
                { value: auth.kind },
            ),
    ],
    // Keep takes a user's name and groups from headers as they are (oauth2proxy_authverifier.py): nobody else may send them.
    ({ auth, ingress, networkPolicy }) => [
        auth.kind === "oauth2proxy" &&
            !networkPolicy.enabled &&
            issue(
                "networkPolicy.enabled",
                "lets any pod of the cluster send forged headers to the API, since keep:auth.kind is oauth2proxy. Set it to true, and name the proxy in keep:networkPolicy.edge",
                { value: false },
            ),
        auth.kind === "oauth2proxy" &&
            ingress.kind !== "none" &&
            !auth.edgeSetsHeaders &&
            issue(
                "auth.edgeSetsHeaders",
                `lets anyone impersonate any user: keep:ingress passes ${ingress.backendPrefix} straight to the API, which trusts ${auth.userHeader}. ` +
                    "Make the edge overwrite these headers on every path and confirm it with true; or set keep:ingress.kind to none and put the proxy in front",
                { value: false },
            ),
    ],
    ({ auth, provision }, has) => {
        if (providers[auth.kind].bringsTenants !== true) {
            return [];
        }
        const message = `is given, but with keep:auth.kind ${auth.kind} setup creates no tenant for it. Remove it, and create it in the user interface`;
        const files = (["workflows", "mappings", "dashboards"] as const).filter(
            (part) => provision[part] !== undefined,
        );
        return [
            ...(["apiKeys", "providers"] as const).filter(has).map((key) => issue(key, message)),
            ...files.map((part) => issue(`provision.${part}`, message, { value: provision[part] })),
        ];
    },
    ({ auth }, has) => AUTH_SECRETS.map((name) => secretIssue(auth, name, has)),
];

function isLoopback(publicUrl: string): boolean {
    const { protocol, hostname } = new URL(publicUrl);
    return protocol === "http:" && /^(localhost|.+\.localhost|127(\.[0-9]+){3}|\[::1\])$/.test(hostname);
}

/** Each secret comes from one place, and none is set without use. */
function secretIssue(auth: AuthConfig, name: AuthSecretName, has: Has<AuthSecretName>) {
    const used = usedSecrets(auth).find((secret) => secret.name === name);
    if (used === undefined) {
        return has(name) && issue(name, `is set, but keep:auth.kind ${auth.kind} does not use it. Remove it`);
    }
    const { isRequired, reference, setting } = used;
    const existing = setting === undefined ? "" : `, or name an existing Secret in keep:auth.${setting}`;
    return has(name)
        ? reference !== undefined && issue(`auth.${setting}`, `is given besides keep:${name}. Keep one of them`)
        : isRequired &&
              reference === undefined &&
              issue(name, `is missing, but keep:auth.kind is ${auth.kind}. Set it${existing}`, { secretKey: name });
}
