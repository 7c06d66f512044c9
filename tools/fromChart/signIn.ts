import { providers } from "../../components/auth/settings";
import { type Change, type ChartValues, own, SAME } from "./row";
import { settingChanges } from "./setting";
import { type Variable, valueOf } from "./variables";

/** Keep's words for ways to sign in, the old ones included (keep/identitymanager/identitymanagerfactory.py). */
const KINDS: Readonly<Record<string, string>> = {
    auth0: "auth0",
    azuread: "azuread",
    db: "db",
    keycloak: "keycloak",
    multi_tenant: "auth0",
    no_auth: "noauth",
    noauth: "noauth",
    oauth2proxy: "oauth2proxy",
    okta: "okta",
    onelogin: "onelogin",
    single_tenant: "db",
};

/** Switches that Keep asks only whether they are empty (keep/identitymanager, ee/identitymanager). */
const EMPTY_IS_OFF = ["KEEP_OAUTH2_PROXY_AUTO_CREATE_USER", "ONELOGIN_AUTO_CREATE_USER"];

/**
 * What a variable of a way to sign in becomes; undefined for any other.
 * @param path The setting that decides it.
 */
export function signInChanges(given: Variable, path: string, values: ChartValues): readonly Change[] | undefined {
    const { name, content, from } = given;
    const kinds = kindsThatRead(given);
    if (name === "AUTH_TYPE") {
        return kindChanges(given);
    }
    if (kinds.length === 0) {
        return undefined;
    }
    const kind = authKind(values);
    if (kind === undefined || !kinds.includes(kind)) {
        const because = kind === undefined ? "no AUTH_TYPE is set" : `AUTH_TYPE means keep:auth.kind ${kind}`;
        return [{ value: from, because: `Only keep:auth.kind ${kinds.join(" or ")} reads it, and ${because}.` }];
    }
    const value = "value" in content ? content.value : undefined;
    if (EMPTY_IS_OFF.includes(name) && value !== undefined) {
        const note = { note: `${from}: Keep takes any text for yes, so the chart's Keep made users all the same.` };
        return [
            { set: "auth.autoCreateUsers", value: !["", "false"].includes(value.toLowerCase()), from },
            ...(value.toLowerCase() === "false" ? [note] : []),
        ];
    }
    switch (name) {
        case "AUTH0_ISSUER":
            return value === undefined || !URL.canParse(value)
                ? settingChanges(given, path)
                : [{ set: "auth.domain", value: new URL(value).host, from }];
        case "OKTA_DOMAIN":
            return [{ value: from, because: "It follows from keep:auth.issuer." }];
        default:
            return settingChanges(given, path);
    }
}

/** The ways to sign in that read a variable; without sign-in, Keep reads none. */
function kindsThatRead({ tier, name }: Variable): string[] {
    return Object.entries(providers)
        .filter(([kind, provider]) => kind !== "noauth" && tier !== "websocket" && Object.hasOwn(provider[tier], name))
        .map(([kind]) => kind);
}

/** How people sign in, by our name; undefined where the values do not say, or say what Keep does not know. */
export function authKind(values: ChartValues): string | undefined {
    const type = valueOf(values, "backend", "AUTH_TYPE") ?? valueOf(values, "frontend", "AUTH_TYPE");
    return own(KINDS, type?.toLowerCase() ?? "") as string | undefined;
}

function kindChanges({ content, from }: Variable): readonly Change[] {
    const type = "value" in content ? content.value : undefined;
    const kind = own(KINDS, type?.toLowerCase() ?? "") as string | undefined;
    if (kind === "noauth") {
        // That everybody is let in is not carried over in silence: `workable` names it.
        return SAME;
    }
    return kind === undefined
        ? [{ value: from, because: `${type ?? "A reference"} is no way to sign in that Keep has. Set keep:auth.kind.` }]
        : [{ set: "auth.kind", value: kind, from }];
}
