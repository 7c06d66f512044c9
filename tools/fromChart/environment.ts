import { isCredential } from "../../components/fields/credentialForms";
import { misplaced, ownerOf } from "../../components/settings/managedEnv";
import { databaseChanges } from "./connection";
import { type Change, type ChartValues, own, SAME } from "./row";
import { decided, settingChanges } from "./setting";
import { signInChanges } from "./signIn";
import { hasExternalWebsocket, type Special, specials, storeKind } from "./specials";
import { type ChartTier, isVariable, type Variable, variablesOf } from "./variables";

/** Variables in the chart's defaults that have no effect, or whose value the program sets. They are not reported. */
const CHART_DEFAULTS: Readonly<Record<ChartTier, Readonly<Record<string, string>>>> = {
    backend: {
        DATABASE_NAME: "keep-database",
        PORT: "8080",
        PROMETHEUS_MULTIPROC_DIR: "/tmp/prometheus",
        PUSHER_APP_ID: "1",
        PUSHER_APP_KEY: "keepappkey",
        PUSHER_APP_SECRET: "keepappsecret",
        PUSHER_HOST: "keep-websocket",
        PUSHER_PORT: "6001",
    },
    frontend: {
        ENV: "development",
        FRIGADE_DISABLED: "true",
        HOSTNAME: "0.0.0.0",
        NEXTAUTH_SECRET: "secret",
        NODE_ENV: "development",
        PUSHER_APP_KEY: "keepappkey",
        VERCEL: "1",
    },
    websocket: {
        SOKETI_DEBUG: "1",
        SOKETI_DEFAULT_APP_ID: "1",
        SOKETI_DEFAULT_APP_KEY: "keepappkey",
        SOKETI_DEFAULT_APP_SECRET: "keepappsecret",
        SOKETI_HOST: "0.0.0.0",
        SOKETI_USER_AUTHENTICATION_TIMEOUT: "3000",
    },
};

/** The changes for one value of the chart that sets variables: settings, secrets and environment variables. */
export function environmentChanges(
    tier: ChartTier,
    source: "env" | "envRender" | "envRenderSecret",
    values: ChartValues,
): Change[] {
    return variablesOf(tier, source, values).flatMap((found) =>
        isVariable(found) ? variableChanges(found, values) : [found],
    );
}

function variableChanges(variable: Variable, values: ChartValues): readonly Change[] {
    const { tier, name, content } = variable;
    const isOfExternal = tier === "backend" && name.startsWith("PUSHER_") && hasExternalWebsocket(values);
    if ("value" in content && content.value === own(CHART_DEFAULTS[tier], name) && !isOfExternal) {
        return SAME;
    }
    if (tier === "backend" && name === "DATABASE_CONNECTION_STRING") {
        return databaseChanges(variable, values);
    }
    const special = own(specials[tier], name) as Special | undefined;
    const owner = ownerOf(tier, name, { secretStore: { kind: storeKind(values) } });
    const elsewhere = misplaced(tier, name);
    return (
        special?.(variable, values) ??
        (owner !== undefined
            ? ownedChanges(variable, owner, values)
            : elsewhere === undefined
              ? rawChanges(variable)
              : [{ value: variable.from, because: `It ${elsewhere.reason}.` }])
    );
}

/** The changes for a variable that a setting sets. */
function ownedChanges(variable: Variable, owner: string, values: ChartValues): readonly Change[] {
    const path = /^keep:([\w.]+)$/.exec(owner)?.[1];
    // Soketi's variables are derived from settings of the backend.
    if (path === undefined || variable.tier === "websocket") {
        return decided(variable, owner);
    }
    return signInChanges(variable, path, values) ?? settingChanges(variable, path);
}

/** The changes for a variable without a setting. Its value is secret if the name or the text suggests it. */
function rawChanges({ tier, name, content, isSecret, from }: Variable): readonly Change[] {
    if ("reference" in content) {
        return [{ set: `${tier}.env`, value: { [name]: content.reference }, from }];
    }
    // Kubernetes expands $(NAME) only in plain values, not in values from a Secret.
    const refers = /\$\([\w.-]+\)/.test(content.value);
    const hides = isCredential(name, content.value);
    return content.value !== "" && (isSecret || (hides && !refers))
        ? [{ secretEnv: [tier, name], value: content.value, from }]
        : [{ set: `${tier}.env`, value: { [name]: content.value }, from }];
}
