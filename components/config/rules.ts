import { addressProblems } from "./addresses";
import { authProblems } from "./authRules";
import { tagOf } from "./images";
import type { Problem } from "./problems";
import { reservedProblems } from "./reserved";
import type { StackConfig } from "./schema";
import { envTiers, type SecretKeyName } from "./secrets";
import { mostReplicas } from "./tier";

/** Tells whether the stack file has a top-level key. */
export type HasKey = (key: SecretKeyName | keyof StackConfig) => boolean;

/** A condition that holds between settings of different keys. */
interface Rule<K extends keyof StackConfig = keyof StackConfig> {
    /** Top-level keys it reads: it is skipped while one of them is itself refused. */
    readonly reads: readonly K[];
    readonly check: (config: Pick<StackConfig, K>, has: HasKey) => (Problem | false)[];
}

function rule<K extends keyof StackConfig>(reads: readonly K[], check: Rule<K>["check"]): Rule {
    return { reads, check };
}

/** Every condition between keys. Add one here, and a case to test/config/rules.test.ts. */
const rules: readonly Rule[] = [
    rule(["publicUrl", "ingress", "frontend", "websocket"], addressProblems),
    rule(["database", "backend", "redis"], ({ database, backend, redis }) =>
        database.kind !== "sqlite"
            ? []
            : [
                  backend.autoscaling !== undefined && {
                      key: "keep:backend.autoscaling",
                      fault: "cannot be used with SQLite, which has one writer. Remove it, or choose another keep:database.kind",
                  },
                  backend.autoscaling === undefined &&
                      backend.replicas > 1 && {
                          key: "keep:backend.replicas",
                          value: backend.replicas,
                          fault: "is more than SQLite's one writer. Set it to 1, or choose another keep:database.kind",
                      },
                  redis.kind !== "none" && {
                      key: "keep:redis.kind",
                      value: redis.kind,
                      fault: "adds workers, which cannot share SQLite's file. Set it to none, or choose another keep:database.kind",
                  },
              ],
    ),
    rule(["database", "backend"], ({ database, backend }) => [
        (database.kind === "sqlserver" || (database.kind === "external" && database.engine === "sqlserver")) &&
            backend.image === undefined && {
                key: database.kind === "external" ? "keep:database.engine" : "keep:database.kind",
                value: "sqlserver",
                fault:
                    "cannot be used with Keep's published image: it has no SQL Server driver, and Keep 0.54.2 refuses the dialect. " +
                    "Choose postgres or mysql, or set keep:backend.image to a build of your own that speaks it",
            },
    ]),
    rule(["database"], ({ database }, has) => {
        if (database.kind !== "external") {
            return [
                has("databaseUrl") && {
                    key: "keep:databaseUrl",
                    fault: `is set, but the database is ${database.kind}. Remove it, or set keep:database.kind to external`,
                },
                database.kind === "sqlite" &&
                    has("databasePassword") && {
                        key: "keep:databasePassword",
                        fault: "is set, but SQLite has no password. Remove it, or choose another keep:database.kind",
                    },
            ];
        }
        const ways = [has("databaseUrl"), database.urlSecret !== undefined, database.host !== undefined].filter(
            Boolean,
        ).length;
        const hasPassword = has("databasePassword") || database.passwordSecret !== undefined;
        return [
            ways !== 1 && {
                key: "keep:database",
                fault:
                    ways === 0
                        ? "has no address. Set keep:databaseUrl with pulumi config set --secret, or keep:database.urlSecret, or keep:database.host"
                        : "has more than one address. Keep one of keep:databaseUrl, keep:database.urlSecret and keep:database.host",
            },
            database.tls !== undefined &&
                database.host === undefined && {
                    key: "keep:database.tls",
                    fault: "is given, but the address is a whole URL, which says that itself. Write its parameters into the URL, or use keep:database.host",
                },
            database.tls?.ca !== undefined &&
                database.engine === "sqlserver" && {
                    key: "keep:database.tls.ca",
                    fault: "is given, but the driver of SQL Server trusts the certificates of its image only. Remove it, and put the authority into keep:backend.image",
                },
            database.host !== undefined &&
                !hasPassword && {
                    key: "keep:database.host",
                    value: database.host,
                    fault: "comes without a password. Set keep:databasePassword with pulumi config set --secret, or keep:database.passwordSecret",
                },
            has("databasePassword") &&
                database.passwordSecret !== undefined && {
                    key: "keep:database.passwordSecret",
                    fault: "is given beside keep:databasePassword. Keep one of them",
                },
        ];
    }),
    rule(["database", "backup"], ({ database, backup }) => [
        database.kind === "sqlite" &&
            backup.kind !== "none" &&
            database.volume.accessModes.includes("ReadWriteOncePod") && {
                key: "keep:backup.kind",
                value: backup.kind,
                fault: "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or set it to none",
            },
        (database.kind === "sqlserver" || (database.kind === "external" && database.engine === "sqlserver")) &&
            backup.kind !== "none" && {
                key: "keep:backup.kind",
                value: backup.kind,
                fault: "is not made for SQL Server. Set it to none, and use the server's own backup",
            },
    ]),
    rule(["database", "retention"], ({ database, retention }) => [
        database.kind === "sqlite" &&
            retention.days !== undefined &&
            database.volume.accessModes.includes("ReadWriteOncePod") && {
                key: "keep:retention.days",
                value: retention.days,
                fault: "needs a second pod on SQLite's disk, which keep:database.volume.accessModes gives to one pod only (ReadWriteOncePod). Use ReadWriteOnce, or remove it",
            },
        (database.kind === "sqlserver" || (database.kind === "external" && database.engine === "sqlserver")) &&
            retention.days !== undefined && {
                key: "keep:retention.days",
                value: retention.days,
                fault: "is not made for SQL Server. Remove it, or choose postgres, mysql or sqlite",
            },
    ]),
    rule(["websocket", "redis"], ({ websocket, redis }) => [
        websocket.kind === "soketi" &&
            redis.kind === "none" &&
            (websocket.autoscaling !== undefined || mostReplicas(websocket) > 1) && {
                key: websocket.autoscaling === undefined ? "keep:websocket.replicas" : "keep:websocket.autoscaling",
                value: websocket.autoscaling === undefined ? websocket.replicas : undefined,
                fault: "asks for more than one Soketi, which without Redis would lose events. Set keep:redis.kind to bundled or external, or keep one pod",
            },
    ]),
    rule(["websocket"], ({ websocket }, has) => [
        websocket.kind === "external" &&
            !has("pusherSecret") && {
                key: "keep:pusherSecret",
                fault: "is missing, but the websocket server is your own. Set its application secret with pulumi config set --secret keep:pusherSecret",
            },
        websocket.kind !== "external" &&
            has("pusherSecret") && {
                key: "keep:pusherSecret",
                fault: "is set, but the websocket server is not external. Remove it, or set keep:websocket.kind to external",
            },
    ]),
    rule(["proxy"], ({ proxy }) =>
        (["http", "https"] as const).map(
            (scheme) =>
                new URL(proxy?.[scheme] ?? "http://none").password !== "" && {
                    key: `keep:proxy.${scheme}`,
                    fault: "holds a password in plain text. Leave it out here, and set HTTP_PROXY and HTTPS_PROXY in keep:secretEnv",
                },
        ),
    ),
    rule(["redis"], ({ redis }, has) => [
        redis.kind === "external" &&
            (redis.host === undefined) === (redis.sentinel === undefined) && {
                key: "keep:redis",
                fault:
                    redis.host === undefined
                        ? "has no address. Give host, or sentinel"
                        : "has a host beside its Sentinels, which name it. Keep one of host and sentinel",
            },
        redis.kind === "none" &&
            has("worker") && {
                key: "keep:worker",
                fault: "is given, but without Redis there are no workers. Remove it, or set keep:redis.kind to bundled or external",
            },
        has("redisPassword") &&
            (redis.kind !== "external" || redis.passwordSecret !== undefined) && {
                key: "keep:redisPassword",
                fault: "is not used: Redis is not external, or has a passwordSecret. Remove it",
            },
    ]),
    rule(envTiers, (config) =>
        envTiers.flatMap((tier) => {
            const settings = config[tier];
            return "env" in settings ? reservedProblems(tier, Object.keys(settings.env), `keep:${tier}.env`) : [];
        }),
    ),
    rule(["openai"], (_config, has) => [
        has("openai") &&
            !has("openaiApiKey") && {
                key: "keep:openai",
                fault: "is given without a key. Set keep:openaiApiKey with pulumi config set --secret, or remove it",
            },
    ]),
    rule(["images", "backend", "frontend"], ({ images, backend, frontend }) => {
        const [api, ui] = [tagOf(images.backend), tagOf(images.frontend)];
        return [
            backend.image === undefined &&
                frontend.image === undefined &&
                api !== ui && {
                    key: "keep:images",
                    fault: `gives API and user interface different versions (${api ?? "keep:version"} and ${ui ?? "keep:version"}), which Keep does not support. Use keep:version for both`,
                },
        ];
    }),
    rule(["auth", "ingress", "networkPolicy", "provision", "publicUrl"], authProblems),
    rule(["auth", "ingress", "networkPolicy"], ({ auth, ingress, networkPolicy }) => [
        networkPolicy.enabled &&
            networkPolicy.edge.length === 0 &&
            (ingress.kind !== "none" || auth.kind === "oauth2proxy") && {
                key: "keep:networkPolicy.edge",
                fault: "is empty, so that nothing from outside would reach Keep. Name the pods that requests come through, such as [{namespace: ingress-nginx}], or their addresses",
            },
    ]),
];

/** The problems between keys. `valid` names the keys that are fine by themselves. */
export function ruleProblems(config: Partial<StackConfig>, valid: ReadonlySet<string>, has: HasKey): Problem[] {
    return rules
        .filter(({ reads }) => reads.every((key) => valid.has(key)))
        .flatMap(({ check }) => check(config as StackConfig, has))
        .filter((problem) => problem !== false);
}
