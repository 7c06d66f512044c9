import { noConnectionChanges } from "./connection";
import { databaseUrl, hasServer } from "./databaseUrl";
import {
    at,
    type Change,
    type ChartValues,
    converted,
    dropped,
    inVersions,
    isEmpty,
    isRecord,
    list,
    own,
    type Row,
    SAME,
    text,
    unread,
} from "./row";
import { pullSecretsRow } from "./tierRows";

const ONE_POD = "A server in the cluster has one pod, with a volume that only one pod can mount.";
const NO_SERVER = "keep:database is not a server in the cluster.";

/** A setting of the server in the cluster. It has no effect without such a server. */
function ofServer(value: string, path: string, example: unknown, initially?: unknown): Row {
    return converted(
        value,
        `keep:database.${path}`,
        example,
        (given, values) =>
            isEmpty(given)
                ? SAME
                : hasServer(values)
                  ? [{ set: `database.${path}`, value: given, from: value }]
                  : given === initially
                    ? SAME
                    : [{ value, because: NO_SERVER }],
        initially,
    );
}

/** A setting of either MySQL or PostgreSQL. It has no effect on the other. */
function ofMake(
    make: string,
    value: string,
    key: string,
    example: unknown,
    changes: (given: unknown, path: string) => readonly Change[],
): Row {
    const path = `database.${make}.${value}`;
    return converted(path, key, example, (given, values) =>
        isEmpty(given)
            ? SAME
            : !hasServer(values)
              ? [{ value: path, because: NO_SERVER }]
              : at(values, "database.type") === make
                ? changes(given, path)
                : [{ value: path, because: `database.type is ${String(at(values, "database.type"))}.` }],
    );
}

function imageRows(make: "mysql" | "postgres"): Row[] {
    const rowOf = (field: string, example: string) =>
        converted(`database.${make}.image.${field}`, `keep:images.${make}`, example, (given, values) =>
            isEmpty(given) ? SAME : imageChanges(make, `database.${make}.image.${field}`, values),
        );
    return [rowOf("repository", `registry.example.com/${make}`), rowOf("tag", "8.4.6")];
}

function imageChanges(make: "mysql" | "postgres", from: string, values: ChartValues): Change[] {
    if (!hasServer(values) || at(values, "database.type") !== make) {
        return [{ value: from, because: hasServer(values) ? `database.type is not ${make}.` : NO_SERVER }];
    }
    const repository = text(at(values, `database.${make}.image.repository`)) ?? make;
    const tag = text(at(values, `database.${make}.image.tag`)) ?? "latest";
    return tag === "latest"
        ? [{ note: `${from}: ${repository}:latest is not pinned. Set keep:images.${make} to a version.` }]
        : [{ set: `images.${make}`, value: `${repository}:${tag}`, from }];
}

const USE_SETTINGS = "Use keep:database.settings, or an external database.";
const ROOT_PASSWORD = "root gets the password of keep:databasePassword.";

/** The settings for variables of the server. */
const SERVER_SETTINGS: Readonly<Record<string, string>> = {
    MYSQL_DATABASE: "database.name",
    MYSQL_USER: "database.user",
    POSTGRES_DB: "database.name",
    POSTGRES_USER: "database.user",
};

function serverEnv(given: unknown, path: string): Change[] {
    return list(given).flatMap((entry, index): Change[] => {
        const name = text(own(entry, "name"));
        const value = own(entry, "value");
        const from = `${path} ${name ?? String(index)}`;
        const setting = own(SERVER_SETTINGS, name ?? "") as string | undefined;
        const isPassword = name === "MYSQL_PASSWORD" || name === "POSTGRES_PASSWORD";
        if (name === "MYSQL_ALLOW_EMPTY_PASSWORD" || (isEmpty(value) && (isPassword || setting !== undefined))) {
            return [{ same: true }];
        }
        const content = typeof value === "boolean" ? String(value) : text(value);
        if (content === undefined && !isEmpty(value)) {
            return [{ value: from, because: "Its value is not text." }];
        }
        if (setting !== undefined) {
            return [{ set: setting, value: content, from }];
        }
        return isPassword
            ? [{ secret: "databasePassword", value: content ?? "", from }]
            : [{ value: from, because: name === "MYSQL_ROOT_PASSWORD" ? ROOT_PASSWORD : USE_SETTINGS }];
    });
}

function typeChanges(given: unknown, values: ChartValues): readonly Change[] {
    const isKnown = given === "mysql" || given === "postgres";
    if (!hasServer(values)) {
        return given === "mysql" ? SAME : [{ value: "database.type", because: NO_SERVER }];
    }
    const kind: Change = {
        set: "database.kind",
        value: databaseUrl(values).engine ?? (isKnown ? given : "mysql"),
        from: "database.type",
    };
    return isKnown
        ? [kind]
        : [kind, { value: "database.type", because: `The chart has no server of type ${JSON.stringify(given)}.` }];
}

/** The rows of `database`. */
export const databaseRows: readonly Row[] = [
    converted("database.enabled", "keep:database.kind (external)", false, (value, values) =>
        value === false && databaseUrl(values).from === undefined ? noConnectionChanges(values) : SAME,
    ),
    converted("database.type", "keep:database.kind", "postgres", typeChanges, "mysql"),
    dropped("database.replicaCount", ONE_POD, 1),
    dropped("database.strategy", `${ONE_POD} The old pod stops before the new one starts.`, { type: "RollingUpdate" }),
    dropped("database.autoscaling", ONE_POD, { enabled: false }),
    converted("database.config", "keep:database.settings", { max_connections: 300 }, (given, values) =>
        isEmpty(given)
            ? SAME
            : hasServer(values) && at(values, "database.type") === "mysql"
              ? [{ set: "database.settings", value: given, from: "database.config" }]
              : [
                    {
                        value: "database.config",
                        because: "It configures the chart's MySQL server, which Keep does not use.",
                    },
                ],
    ),
    converted("database.cleanup", "keep:retention", { enabled: true, schedule: "0 1 * * *", days: 90 }, (value) =>
        !isRecord(value) || value.enabled !== true
            ? Object.keys(isRecord(value) ? value : {}).every((field) => field === "enabled")
                ? SAME
                : [{ value: "database.cleanup", because: "It is not enabled." }]
            : [
                  { set: "retention.days", value: value.days ?? 90, from: "database.cleanup.days" },
                  {
                      set: "retention.schedule",
                      value: value.schedule ?? "0 1 * * *",
                      from: "database.cleanup.schedule",
                  },
                  ...unread("database.cleanup", value, ["enabled", "days", "schedule"]),
              ],
    ),
    dropped(
        "database.pv",
        "The storage class provisions volumes. To create a volume from a given source, set keep:database.volume.persistentVolume.",
        {
            enabled: true,
        },
    ),
    dropped(
        "database.pvc.enabled",
        "A server in the cluster always has a claim. To use an existing one, set keep:database.volume.existingClaim.",
        true,
    ),
    ofServer("database.pvc.size", "volume.size", "20Gi", "5Gi"),
    ofServer("database.pvc.storageClass", "volume.storageClass", "fast"),
    ofServer("database.pvc.retain", "volume.retain", true),
    dropped("database.image", "The image depends on the kind: set keep:images.postgres or keep:images.mysql.", {
        tag: "latest",
    }),
    ...imageRows("mysql"),
    ofMake(
        "mysql",
        "env",
        "keep:database.name, keep:database.user, keep:databasePassword",
        [{ name: "MYSQL_DATABASE", value: "alerts" }],
        serverEnv,
    ),
    dropped("database.mysql.port", "Servers listen on their usual port.", 3306),
    dropped("database.mysql.dataDir", "The image decides.", "/var/lib/mysql"),
    ...imageRows("postgres"),
    ofMake(
        "postgres",
        "env",
        "keep:database.name, keep:database.user, keep:databasePassword",
        [{ name: "POSTGRES_DB", value: "alerts" }],
        serverEnv,
    ),
    dropped("database.postgres.port", "Servers listen on their usual port.", 5432),
    dropped("database.postgres.dataDir", "The image decides.", "/var/lib/postgresql/data"),
    ofMake("postgres", "config.maxConnections", "keep:database.settings.max_connections", 500, (given, path) => [
        { set: "database.settings", value: { max_connections: String(given) }, from: path },
    ]),
    ofMake("postgres", "config.sharedBuffers", "keep:database.settings.shared_buffers", "512MB", (given, path) => [
        { set: "database.settings", value: { shared_buffers: String(given) }, from: path },
    ]),
    pullSecretsRow("database"),
    ofServer("database.podAnnotations", "podAnnotations", { team: "ops" }),
    dropped("database.podSecurityContext", "All pods comply with Pod Security restricted.", { fsGroup: 999 }),
    dropped("database.securityContext", "All pods comply with Pod Security restricted.", { runAsUser: 999 }),
    dropped("database.service", "Only Keep connects to its database, through a ClusterIP Service.", {
        type: "ClusterIP",
    }),
    ofServer("database.resources", "resources", { requests: { cpu: "1", memory: "2Gi" } }),
    ofServer("database.nodeSelector", "nodeSelector", { disk: "ssd" }),
    ofServer("database.tolerations", "tolerations", [{ key: "keep", operator: "Exists" }]),
    ofServer("database.affinity", "affinity", { nodeAffinity: {} }),
    dropped("database.healthCheck", "Each server has fixed probes.", { enabled: true }),
    dropped("database.extraVolumes", USE_SETTINGS, [{ name: "extra" }]),
    dropped("database.extraVolumeMounts", USE_SETTINGS, [{ name: "extra" }]),
    ...inVersions({ until: "0.1.66" }, [
        converted(
            "database.env",
            "keep:database.name, keep:database.user, keep:databasePassword",
            [{ name: "MYSQL_DATABASE", value: "alerts" }],
            (given) => (isEmpty(given) ? SAME : serverEnv(given, "database.env")),
        ),
    ]),
];
