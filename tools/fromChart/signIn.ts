import { providers } from "../../components/auth/settings";
import { type Change, type ChartValues, own, SAME } from "./row";
import { settingChanges } from "./setting";
import { type Variable, valueOf, variable } from "./variables";

/** Kinds by AUTH_TYPE, including its deprecated values (keep/identitymanager/identitymanagerfactory.py). */
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

/** Variables that Keep treats as true unless they are empty (keep/identitymanager, ee/identitymanager). */
const EMPTY_IS_OFF = ["KEEP_OAUTH2_PROXY_AUTO_CREATE_USER", "ONELOGIN_AUTO_CREATE_USER"];

/**
 * The changes for a variable of an identity provider; undefined for any other variable.
 * @param path setting that sets it
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
    const isGiven = variable(values, "backend", "AUTH_TYPE") ?? variable(values, "frontend", "AUTH_TYPE");
    if ((kind === "noauth" || isGiven === undefined) && kinds.includes("db")) {
        // Without sign-in too, Keep has created the first user, and the stack has local users (see fitSignIn()).
        return settingChanges(given, path);
    }
    if (kind === undefined || !kinds.includes(kind)) {
        const because = kind === undefined ? "no AUTH_TYPE is set" : `AUTH_TYPE means keep:auth.kind ${kind}`;
        return [{ value: from, because: `Only keep:auth.kind ${kinds.join(" or ")} uses it, and ${because}.` }];
    }
    const value = "value" in content ? content.value : undefined;
    if (EMPTY_IS_OFF.includes(name) && value !== undefined) {
        const note = {
            note: `${from}: Keep treats any text as true, so the chart's installation creates users. The stack does not.`,
        };
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
            return [{ value: from, because: "It is derived from keep:auth.issuer." }];
        default:
            return settingChanges(given, path);
    }
}

/** The kinds that use a variable. Without authentication, Keep uses none. */
function kindsThatRead({ tier, name }: Variable): string[] {
    return Object.entries(providers)
        .filter(([kind, provider]) => kind !== "noauth" && tier !== "websocket" && Object.hasOwn(provider[tier], name))
        .map(([kind]) => kind);
}

/** The kind of `keep:auth`; undefined if AUTH_TYPE is missing or unknown. */
export function authKind(values: ChartValues): string | undefined {
    const type = valueOf(values, "backend", "AUTH_TYPE") ?? valueOf(values, "frontend", "AUTH_TYPE");
    return own(KINDS, type?.toLowerCase() ?? "") as string | undefined;
}

function kindChanges({ content, from }: Variable): readonly Change[] {
    const type = "value" in content ? content.value : undefined;
    const kind = own(KINDS, type?.toLowerCase() ?? "") as string | undefined;
    if (kind === "noauth") {
        // Not converted without a note, because it allows access without authentication: see fitSignIn().
        return SAME;
    }
    return kind === undefined
        ? [{ value: from, because: `${type ?? "A reference"} is not a value that Keep supports. Set keep:auth.kind.` }]
        : [{ set: "auth.kind", value: kind, from }];
}
