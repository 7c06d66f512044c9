import { reservedEnv } from "../../components/settings/managedEnv";
import type { EnvTier } from "../../components/secrets/settings";
import { databaseChanges } from "./connection";
import { type Change, type ChartValues, isRecord, list, type Reference, text } from "./row";

/** Variables that the chart sets and Keep does not need: never worth a line to the reader. */
const NEEDLESS = new Set([
    "DATABASE_NAME",
    "ENV",
    "FRIGADE_DISABLED",
    "HOSTNAME",
    "NEXTAUTH_SECRET",
    "NODE_ENV",
    "PORT",
    "PROMETHEUS_MULTIPROC_DIR",
    "PUSHER_APP_ID",
    "PUSHER_APP_KEY",
    "PUSHER_APP_SECRET",
    "SOKETI_DEBUG",
    "SOKETI_DEFAULT_APP_ID",
    "SOKETI_DEFAULT_APP_KEY",
    "SOKETI_DEFAULT_APP_SECRET",
    "SOKETI_HOST",
    "SOKETI_USER_AUTHENTICATION_TIMEOUT",
    "VERCEL",
]);

/** Words of Keep for ways to sign in, the old ones included (keep/identitymanager/identitymanagerfactory.py). */
const AUTH_KINDS: Readonly<Record<string, string>> = { single_tenant: "db", multi_tenant: "auth0" };

const SECRET_STORES: Readonly<Record<string, string>> = { k8s: "kubernetes", db: "database" };

/** What the list of a tier's variables becomes: typed settings, secrets, and the rest as raw environment. */
export function environmentChanges(tier: EnvTier, entries: unknown, values: ChartValues): Change[] {
    return list(entries)
        .filter(isRecord)
        .flatMap((entry) => variableChanges(tier, text(entry.name) ?? "", entry, values));
}

function variableChanges(
    tier: EnvTier,
    name: string,
    entry: Readonly<Record<string, unknown>>,
    values: ChartValues,
): Change[] {
    const reference = referenceOf(entry);
    const value = text(entry.value) ?? (typeof entry.value === "boolean" ? String(entry.value) : "");
    if (tier === "backend" && name === "DATABASE_CONNECTION_STRING") {
        return databaseChanges(value, reference, values);
    }
    if (name === "" || NEEDLESS.has(name)) {
        return [];
    }
    const typed = tier === "frontend" ? frontendSetting(name, value) : backendSetting(name, value);
    if (typed !== undefined) {
        return typed;
    }
    const owner = reservedEnv[tier][name];
    if (owner !== undefined) {
        return [{ note: `${tier}.env ${name}: decided by ${owner}.` }];
    }
    if (reference !== undefined) {
        return [{ set: `${tier}.env`, value: { [name]: reference } }];
    }
    return /SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE/.test(name)
        ? [{ secretEnv: [tier, name], value }]
        : [{ set: `${tier}.env`, value: { [name]: value } }];
}

function backendSetting(name: string, value: string): Change[] | undefined {
    switch (name) {
        case "AUTH_TYPE":
            return authChanges(value.toLowerCase());
        case "SECRET_MANAGER_TYPE": {
            const kind = SECRET_STORES[value.toLowerCase()];
            return kind === undefined
                ? [{ note: `SECRET_MANAGER_TYPE ${value}: see keep:secretStore.` }]
                : [{ set: "secretStore.kind", value: kind }];
        }
        case "KEEP_DEFAULT_USERNAME":
            return [{ set: "auth.username", value }];
        case "KEEP_DEFAULT_PASSWORD":
            return [{ secret: "firstUserPassword", value }];
        case "KEEP_DEFAULT_API_KEYS":
            return [{ secret: "apiKeys", value }];
        case "OPENAI_API_KEY":
            return [{ secret: "openaiApiKey", value }];
        case "POSTHOG_DISABLED":
            return [{ set: "telemetry", value: value !== "true" }];
        case "REDIS":
            return value === "true" ? [{ set: "redis.kind", value: "external" }] : [];
        case "REDIS_HOST":
            return [{ set: "redis.host", value }];
        case "REDIS_PORT":
            return [{ set: "redis.port", value: Number(value) }];
        case "REDIS_PASSWORD":
            return [{ secret: "redisPassword", value }];
        case "PUSHER_HOST":
            return value.includes("websocket")
                ? []
                : [{ note: `PUSHER_HOST ${value}: see keep:websocket.kind external.` }];
        case "PUSHER_PORT":
            return [];
        default:
            return undefined;
    }
}

/** To let everybody in is nothing to carry over in silence: `workable` says so. */
function authChanges(type: string): Change[] {
    return ["noauth", "no_auth"].includes(type) ? [] : [{ set: "auth.kind", value: AUTH_KINDS[type] ?? type }];
}

function frontendSetting(name: string, value: string): Change[] | undefined {
    switch (name) {
        case "NEXTAUTH_URL":
            return [{ set: "publicUrl", value: value.replace(/\/+$/, "") }];
        case "AUTH_TYPE":
            // Both tiers follow keep:auth; the backend's word decides.
            return [];
        case "OPENAI_API_KEY":
        case "OPEN_AI_API_KEY":
            return [{ secret: "openaiApiKey", value }];
        default:
            return undefined;
    }
}

/** A reference to a key, in our words; the chart has words of its own for Secrets. */
function referenceOf(entry: Readonly<Record<string, unknown>>): Reference | undefined {
    const { secretKeyRef, configMapKeyRef } = entry;
    if (isRecord(secretKeyRef)) {
        return { secret: { name: text(secretKeyRef.secretName) ?? "", key: text(secretKeyRef.secretKey) ?? "" } };
    }
    if (isRecord(configMapKeyRef)) {
        return { configMap: { name: text(configMapKeyRef.name) ?? "", key: text(configMapKeyRef.key) ?? "" } };
    }
    return undefined;
}
