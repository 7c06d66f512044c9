import { frontend } from "./managedEnv/frontend";
import { keepProcess } from "./managedEnv/api";
import { PROCESS_TIERS } from "../component";
import { type EnvTier, envTiers, type SecretEnv, secretSizeFault } from "../secrets/settings";
import { issue, type Issue } from "../fields/issue";
import { allOf } from "../fields/vocabulary";
import { onlyStoreOf } from "../secretStore/settings";
import { lengthFault, NOT_A_VARIABLE, VARIABLE_NAME } from "../fields/variable";
import { frontendValues, processValues, valueFault } from "./managedEnv/values";
import type { StackConfig } from "./schema";

/**
 * Environment variables that settings set, by tier, each with its setting. The program rejects them in `env`, so that
 * each value has only one setting. A test compares this list with the variables of the rendered tiers.
 */
export const reservedEnv: Readonly<Record<EnvTier, Readonly<Record<string, string>>>> = {
    backend: keepProcess,
    worker: keepProcess,
    consumer: { ...keepProcess, CONSUMER: "keep:consumer.enabled", KEEP_TOPOLOGY_PROCESSOR: "keep:consumer.topology" },
    frontend,
    websocket: {
        NODE_EXTRA_CA_CERTS: "keep:extraCa",
        PM2_HOME: "the program",
        REDIS_PASSWORD: "keep:redisPassword",
        SOKETI_ADAPTER_DRIVER: "keep:redis.kind",
        SOKETI_ADAPTER_REDIS_PREFIX: "keep:redis",
        SOKETI_ADAPTER_REDIS_PUB_OPTIONS: "keep:redis.tls",
        SOKETI_ADAPTER_REDIS_SUB_OPTIONS: "keep:redis.tls",
        SOKETI_DB_REDIS_DB: "keep:redis, of which Keep uses database 0",
        SOKETI_DB_REDIS_HOST: "keep:redis.host",
        SOKETI_DB_REDIS_INSTANCE_NAME: "keep:redis.sentinel.service",
        SOKETI_DB_REDIS_PASSWORD: "keep:redisPassword",
        SOKETI_DB_REDIS_PORT: "keep:redis.port",
        SOKETI_DB_REDIS_SENTINELS: "keep:redis.sentinel.hosts",
        SOKETI_DB_REDIS_USERNAME: "keep:redis.username",
        SOKETI_DEFAULT_APP_ID: "the program, which generates it",
        SOKETI_DEFAULT_APP_KEY: "the program, which generates it",
        SOKETI_DEFAULT_APP_SECRET: "the program, which generates it",
        SOKETI_HOST: "keep:pods.ipv6",
        SOKETI_METRICS_ENABLED: "the program",
        SOKETI_METRICS_HOST: "the program",
        SOKETI_METRICS_SERVER_PORT: "the program",
        SOKETI_PATH_PREFIX: "keep:ingress.websocketPrefix (it would break the backend's calls)",
        SOKETI_PORT: "the program",
        ...Object.fromEntries(
            ["CA", "CERT", "KEY", "PASS"].map((name) => [
                `SOKETI_SSL_${name}`,
                "keep:ingress.tls (in the cluster, probes and the backend use plain HTTP)",
            ]),
        ),
    },
};

/** The part of the settings that says which secret store there is. */
interface WithStore {
    readonly secretStore?: { readonly kind: string | undefined };
}

/** The setting that decides a variable of a tier; undefined if `env` may. Without settings, with any secret store. */
export function ownerOf(tier: EnvTier, name: string, config?: WithStore): string | undefined {
    const store = onlyStoreOf(name);
    if (config !== undefined && store !== undefined && config.secretStore?.kind !== store) {
        return undefined;
    }
    return Object.hasOwn(reservedEnv[tier], name) ? reservedEnv[tier][name] : undefined;
}

/** The programs that read variables: the tiers that run them, and the variables of Keep that they read. */
const READERS: readonly {
    readonly tiers: readonly EnvTier[];
    readonly names: readonly string[];
    readonly reads: Readonly<Record<string, unknown>>;
}[] = [
    {
        tiers: PROCESS_TIERS,
        names: ["the API", "the workers"],
        reads: { ...reservedEnv.consumer, ...processValues },
    },
    { tiers: ["frontend"], names: ["the user interface"], reads: { ...reservedEnv.frontend, ...frontendValues } },
    { tiers: ["websocket"], names: ["the websocket server"], reads: reservedEnv.websocket },
];

/**
 * Variables that systems and libraries may read in each tier. The user interface also reads OKTA_DOMAIN, for its page of
 * errors (keep-ui/app/(signin)/error/authEnvUtils.tsx).
 */
const READ_ANYWHERE =
    /^(AWS|GOOGLE|GRPC|NODE|OTEL|PM2)_|^PYTHON|^(HOME|HOSTNAME|LOGNAME|OKTA_DOMAIN|PORT|PROMETHEUS_MULTIPROC_DIR|REQUESTS_CA_BUNDLE|SSL_CERT_FILE)$/;

/** Why a variable has no effect in a tier, and where it has; undefined if it may have an effect. */
export function misplaced(
    tier: EnvTier,
    name: string,
): { readonly reason: string; readonly owner: string | undefined; readonly tiers: readonly EnvTier[] } | undefined {
    const readers = READERS.filter(({ reads }) => Object.hasOwn(reads, name));
    if (readers.length === 0 || READ_ANYWHERE.test(name) || readers.some(({ tiers }) => tiers.includes(tier))) {
        return undefined;
    }
    const names = readers.flatMap((reader) => reader.names);
    const tiers = readers.flatMap((reader) => reader.tiers.slice(0, 1));
    return {
        reason: `has no effect here: it is only read by ${allOf(names)}`,
        owner: tiers.map((reader) => ownerOf(reader, name)).find((owner) => owner !== undefined),
        tiers,
    };
}

/**
 * Issues for invalid names of environment variables, for those that settings set, and for those of other tiers.
 * @param at path of the object with the variables
 */
export function reservedIssues(
    tier: EnvTier,
    names: readonly string[],
    at: readonly string[],
    config: WithStore,
): Issue[] {
    return names.flatMap((name) => {
        if (!VARIABLE_NAME.test(name)) {
            return [issue([...at, name], NOT_A_VARIABLE)];
        }
        const owner = ownerOf(tier, name, config);
        return owner === undefined
            ? misplacedIssues(tier, name, at)
            : [issue([...at, name], `is set by ${owner}. ${removalOf(owner)}`)];
    });
}

/** The fix for a variable by its owner, which is not always a setting. */
function removalOf(owner: string): string {
    return owner.startsWith("keep:") ? "Remove it here, and change that setting instead" : "Remove it";
}

function misplacedIssues(tier: EnvTier, name: string, at: readonly string[]): Issue[] {
    const found = misplaced(tier, name);
    if (found === undefined) {
        return [];
    }
    const places = found.tiers.map((reader) => `keep:${at.map((step) => (step === tier ? reader : step)).join(".")}`);
    const fix =
        found.owner === undefined ? `Move it to ${allOf(places)}` : `Remove it: it is set there by ${found.owner}`;
    return [issue([...at, name], `${found.reason}. ${fix}`)];
}

/** Variables that rules read, so their values must be known and plain. */
const SWITCHES: readonly string[] = ["CONSUMER", "KEEP_NO_AUTH_METRICS", "KEEP_TOPOLOGY_PROCESSOR"];

/** Issues for variables that rules read, and whose values are Outputs. */
export function laterSwitches(paths: readonly (readonly string[])[]): Issue[] {
    return paths
        .filter(([, field, name = ""]) => field === "env" && SWITCHES.includes(name))
        .map((path) => issue(path, "is an Output, but the program must know its value. Set it to a plain value"));
}

/**
 * Issues for variables in `keep:secretEnv` that settings set, that are also in a tier's `env`, or whose values must be
 * plain.
 */
export function secretEnvIssues(
    secretEnv: SecretEnv,
    config: Partial<Pick<StackConfig, EnvTier | "secretStore">>,
): Issue[] {
    const ofTiers = envTiers.flatMap((tier) => {
        const names = Object.keys(secretEnv[tier] ?? {});
        const at = ["secretEnv", tier];
        const hidden = names.filter((name) => SWITCHES.includes(name) && ownerOf(tier, name) === undefined);
        // Avoids the getter of an invalid env, which throws.
        const plain = (Object.getOwnPropertyDescriptor(config[tier] ?? {}, "env")?.value ?? {}) as object;
        return [
            ...reservedIssues(tier, names, at, config),
            ...names
                .filter((name) => Object.hasOwn(plain, name))
                .map((name) => issue([...at, name], `is also in keep:${tier}.env. Remove it from one of the two`)),
            ...hidden.map((name) =>
                issue(
                    [...at, name],
                    `must not be a secret, because the program reads its value. Move it to keep:${tier}.env`,
                ),
            ),
            ...Object.entries(secretEnv[tier] ?? {}).flatMap(([name, value]) => {
                const message =
                    typeof value === "string" && ownerOf(tier, name) === undefined
                        ? (lengthFault(name, value) ?? valueFault(tier, name, value))
                        : undefined;
                return message === undefined ? [] : [issue([...at, name], message)];
            }),
        ];
    });
    const values = envTiers.flatMap((tier) => Object.values(secretEnv[tier] ?? {}));
    const total = secretSizeFault(values.filter((value) => typeof value === "string"));
    return total === undefined ? ofTiers : [...ofTiers, issue("secretEnv", total)];
}
