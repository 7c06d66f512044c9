import { valueFault } from "../../components/settings/managedEnv/values";
import { redactedText } from "../../components/settings/redaction";
import { at, type Change, type ChartValues, list, own, SAME, text } from "./row";
import { decided, isYes, settingChanges } from "./setting";
import { type ChartTier, type Variable, valueOf, variable } from "./variables";

/**
 * Changes for a variable whose text differs from the value of its setting. Returns undefined if it does not differ in
 * these values.
 */
export type Special = (variable: Variable, values: ChartValues) => readonly Change[] | undefined;

/**
 * Kinds of `keep:secretStore` by SECRET_MANAGER_TYPE (keep/secretmanager/secretmanagerfactory.py), without files, which
 * a pod loses.
 */
const SECRET_STORES: Readonly<Record<string, string>> = {
    aws: "aws",
    db: "database",
    gcp: "gcp",
    k8s: "kubernetes",
    vault: "vault",
};

const textOf = ({ content }: Variable) => ("value" in content ? content.value : undefined);
const isTrue = (value: string | undefined) => value !== undefined && isYes(value);

/** A boolean variable with different changes for true and false. */
function flag(owner: string, on: readonly Change[], off: readonly Change[] = SAME): Special {
    return (given) => {
        const value = textOf(given);
        return value === undefined || !/^(true|false|0|1)$/i.test(value)
            ? decided(given, owner)
            : isYes(value)
              ? on
              : off;
    };
}

/** A variable whose usual value another setting implies. */
function implied(value: string, owner: string): Special {
    return (given) => (textOf(given)?.toLowerCase() === value ? SAME : decided(given, owner));
}

/** A variable that Keep reads only if another one is true. */
function onlyWith(name: string): Special {
    return (given, values) =>
        isTrue(valueOf(values, "backend", name))
            ? undefined
            : [{ value: given.from, because: `${name} is not true, so Keep does not read it.` }];
}

const redisAddress: Special = (given, values) =>
    isTrue(valueOf(values, "backend", "REDIS_SENTINEL_ENABLED"))
        ? [{ value: given.from, because: "Redis Sentinel provides the address." }]
        : onlyWith("REDIS")(given, values);

const sentinel: Special = (given, values) =>
    onlyWith("REDIS")(given, values) ?? onlyWith("REDIS_SENTINEL_ENABLED")(given, values);

const telemetry: Special = (given, values) =>
    flag(
        "keep:telemetry",
        [{ set: "telemetry", value: false, from: given.from }],
        [{ set: "telemetry", value: true, from: given.from }],
    )(given, values);

/** The kind of `keep:secretStore` that the values name; undefined: none that the stack has. */
export function storeKind(values: ChartValues): string | undefined {
    return text(own(SECRET_STORES, valueOf(values, "backend", "SECRET_MANAGER_TYPE")?.toLowerCase() ?? ""));
}

/** A variable that one kind of secret store uses. */
function ofStore(kind: string): Special {
    return (given, values) =>
        storeKind(values) === kind
            ? undefined
            : [{ value: given.from, because: `Only keep:secretStore.kind ${kind} uses it.` }];
}

/** A folder in the chart's pods. */
const folder: Special = (given) => [
    {
        value: given.from,
        because:
            "It is a folder in the chart's pods. Copy its files to this repository, and set keep:provision to their folder.",
    },
];

/** JSON of all dashboards (keep/api/routes/dashboard.py). */
const dashboards: Special = (given) =>
    textOf(given)?.trim() === "[]"
        ? SAME
        : [
              {
                  value: given.from,
                  because:
                      "It is JSON of dashboards. Write each to a file, and set keep:provision.dashboards to their folder.",
              },
          ];

/** Whether Keep uses another websocket server than the chart's, by a host that browsers can reach. */
export function hasExternalWebsocket(values: ChartValues): boolean {
    const host = valueOf(values, "backend", "PUSHER_HOST") ?? "";
    return at(values, "websocket.enabled") === false && /^[^/]+\.[^/]+$/.test(host) && !/\.svc(\.|$)/.test(host);
}

/** Variables of the websocket server. They have settings only if the server is external. */
const pusher: Special = (given, values) => {
    if (hasExternalWebsocket(values) && given.name !== "PUSHER_USE_SSL" && given.tier === "backend") {
        return given.name === "PUSHER_HOST"
            ? [{ set: "websocket.kind", value: "external" }, ...settingChanges(given, "websocket.host")]
            : undefined;
    }
    const isPath = textOf(given)?.startsWith("/") === true;
    return given.tier === "frontend" && given.name === "PUSHER_HOST" && isPath
        ? settingChanges(given, "ingress.websocketPrefix")
        : decided(given, "keep:websocket");
};

const apiUrlForBrowser: Special = (given) =>
    /^\/[\w/-]+$/.test(textOf(given) ?? "")
        ? settingChanges(given, "ingress.backendPrefix")
        : decided(given, "keep:publicUrl and keep:ingress");

/** A URL of Keep: sets the public URL to its origin. Reports its path, which the program derives. */
const publicAddress: Special = (given, values) => {
    const value = textOf(given);
    if (value === undefined || !URL.canParse(value) || !/^https?:/.test(value)) {
        return decided(given, "keep:publicUrl");
    }
    const { origin, pathname } = new URL(value);
    const isPage = given.name === "NEXTAUTH_URL";
    const isNamed = !isPage && namesHost(values);
    const path = pathname.replace(/\/+$/, "");
    return [
        ...(isNamed ? [] : [{ set: "publicUrl", value: origin, from: given.from }]),
        ...(isNamed || path !== ""
            ? [
                  {
                      value: given.from,
                      because: `${redactedText(value)}: is derived from keep:publicUrl and keep:ingress.`,
                  },
              ]
            : []),
    ];
};

/** Whether the values contain the public host elsewhere than in the backend's variables. */
function namesHost(values: ChartValues): boolean {
    const isOn = (path: string) => at(values, `${path}.enabled`) === true;
    return (
        variable(values, "frontend", "NEXTAUTH_URL") !== undefined ||
        (at(values, "global.ingress.enabled") !== false &&
            list(at(values, "global.ingress.hosts")).some((entry) => text(own(entry, "host")) !== undefined)) ||
        (isOn("global.httpRoute") && list(at(values, "global.httpRoute.hostnames")).length > 0) ||
        (isOn("frontend.route") && text(at(values, "frontend.route.host")) !== undefined)
    );
}

const backend: Readonly<Record<string, Special>> = {
    AWS_KMS_KEY_ID: ofStore("aws"),
    AWS_REGION: ofStore("aws"),
    EE_ENABLED: implied("true", "keep:auth.kind"),
    ELASTIC_API_KEY: onlyWith("ELASTIC_ENABLED"),
    ELASTIC_ENABLED: flag("keep:elasticsearch", SAME),
    ELASTIC_HOSTS: onlyWith("ELASTIC_ENABLED"),
    ELASTIC_INDEX_SUFFIX: onlyWith("ELASTIC_ENABLED"),
    ELASTIC_PASSWORD: onlyWith("ELASTIC_ENABLED"),
    ELASTIC_USER: onlyWith("ELASTIC_ENABLED"),
    ELASTIC_VERIFY_CERTS: onlyWith("ELASTIC_ENABLED"),
    HASHICORP_VALUT_NAMESPACE: ofStore("vault"),
    HASHICORP_VAULT_ADDR: ofStore("vault"),
    HASHICORP_VAULT_K8S_ROLE: ofStore("vault"),
    HASHICORP_VAULT_USE_K8S: implied("true", "keep:secretStore.kind"),
    K8S_NAMESPACE: (given) => [
        { value: given.from, because: "The chart overrides it with the namespace of the release." },
    ],
    KEEP_API_URL: publicAddress,
    KEEP_DASHBOARDS: dashboards,
    KEEP_MAPPINGS_DIRECTORY: folder,
    KEEP_PLATFORM_URL: publicAddress,
    // The processes of the workers, which the chart starts beside the API (keep/entrypoint.sh).
    KEEP_WORKERS: (given, values) => onlyWith("REDIS")(given, values) ?? settingChanges(given, "worker.processes"),
    KEEP_WORKFLOWS_DIRECTORY: folder,
    POSTHOG_DISABLED: telemetry,
    PUSHER_APP_ID: pusher,
    PUSHER_APP_KEY: pusher,
    PUSHER_APP_SECRET: pusher,
    PUSHER_DISABLED: flag("keep:websocket.kind", [{ set: "websocket.kind", value: "none" }]),
    PUSHER_HOST: pusher,
    PUSHER_PORT: pusher,
    PUSHER_USE_SSL: pusher,
    REDIS: flag("keep:redis.kind", [{ set: "redis.kind", value: "external" }]),
    REDIS_DB: (given) => [
        { value: given.from, because: "Keep does not read this variable: its queue is always in database 0." },
    ],
    REDIS_HOST: redisAddress,
    REDIS_PASSWORD: onlyWith("REDIS"),
    REDIS_PORT: redisAddress,
    REDIS_SENTINEL_ENABLED: flag("keep:redis.sentinel", SAME),
    REDIS_SENTINEL_HOSTS: sentinel,
    REDIS_SENTINEL_SERVICE_NAME: sentinel,
    REDIS_SSL: onlyWith("REDIS"),
    REDIS_USERNAME: onlyWith("REDIS"),
    SECRET_MANAGER_TYPE: (given) => {
        const kind = own(SECRET_STORES, textOf(given)?.toLowerCase() ?? "");
        return kind === undefined
            ? [
                  {
                      value: given.from,
                      because: "Keep would lose its credentials when the pod is deleted. Set keep:secretStore.",
                  },
              ]
            : [{ set: "secretStore.kind", value: kind, from: given.from }];
    },
    WORKFLOWS_INTERVAL_ENABLED: (given) => decided(given, "keep:redis.kind"),
};

const frontend: Readonly<Record<string, Special>> = {
    API_URL: (given) => decided(given, "keep:release"),
    API_URL_CLIENT: apiUrlForBrowser,
    AUTH_URL: (given) => decided(given, "keep:publicUrl"),
    NEXTAUTH_URL: publicAddress,
    POSTHOG_DISABLED: telemetry,
    POSTHOG_KEY: (given) => decided(given, "keep:telemetry"),
    PUSHER_APP_KEY: pusher,
    PUSHER_DISABLED: backend.PUSHER_DISABLED ?? pusher,
    PUSHER_HOST: pusher,
    PUSHER_PORT: pusher,
    SENTRY_DISABLED: telemetry,
};

/** The variables of each tier whose text differs from the value of their setting. */
export const specials: Readonly<Record<ChartTier, Readonly<Record<string, Special>>>> = {
    backend,
    frontend,
    websocket: {
        SOKETI_DEBUG: (given) =>
            valueFault("websocket", "SOKETI_DEBUG", textOf(given) ?? "") !== undefined
                ? [{ value: given.from, because: "It would print the app's secret and Redis' password to the log." }]
                : SAME,
    },
};
