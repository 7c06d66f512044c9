import { connectionEntry, hasServer } from "./connection";
import { at, type Change, type ChartValues, converted, dropped, isEmpty, isRecord, list, type Row, text } from "./row";

const ONE_POD = "A server in the cluster has one pod, and one disk that only one pod may hold.";

/** Whether the values themselves say where the database is. */
function hasConnection(values: ChartValues): boolean {
    return (
        connectionEntry(values) !== undefined ||
        at(values, "backend.databaseConnectionStringFromSecret.enabled") === true
    );
}

/** A setting of the server in the cluster; nothing when there is none. */
function ofServer(value: string, path: string, example: unknown, initially?: unknown): Row {
    return converted(
        value,
        `keep:database.${path}`,
        example,
        (given, values) => (hasServer(values) && !isEmpty(given) ? [{ set: `database.${path}`, value: given }] : []),
        initially,
    );
}

/** A setting of one make of server; nothing for the other. */
function ofMake(
    make: string,
    value: string,
    key: string,
    example: unknown,
    changes: (given: unknown) => Change[],
): Row {
    return converted(`database.${make}.${value}`, key, example, (given, values) =>
        hasServer(values) && at(values, "database.type") === make ? changes(given) : [],
    );
}

function imageRows(make: "mysql" | "postgres"): Row[] {
    const image = (values: ChartValues) =>
        `${text(at(values, `database.${make}.image.repository`)) ?? make}:${text(at(values, `database.${make}.image.tag`)) ?? ""}`;
    const changes = (_given: unknown, values: ChartValues): Change[] => {
        const reference = image(values);
        return /:(latest)?$/.test(reference)
            ? [{ note: `database.${make}.image: ${reference} is not pinned; keep:images.${make} names a version.` }]
            : [{ set: `images.${make}`, value: reference }];
    };
    return [
        converted(`database.${make}.image.repository`, `keep:images.${make}`, `registry.example.com/${make}`, changes),
        converted(`database.${make}.image.tag`, `keep:images.${make}`, "8.4.6", changes),
    ];
}

function serverEnv(given: unknown): Change[] {
    return list(given)
        .filter(isRecord)
        .flatMap(({ name, value }): Change[] => {
            switch (name) {
                case "MYSQL_DATABASE":
                case "POSTGRES_DB":
                    return [{ set: "database.name", value }];
                case "MYSQL_USER":
                case "POSTGRES_USER":
                    return [{ set: "database.user", value }];
                case "MYSQL_PASSWORD":
                case "POSTGRES_PASSWORD":
                    return text(value) === undefined ? [] : [{ secret: "databasePassword", value: String(value) }];
                case "MYSQL_ALLOW_EMPTY_PASSWORD":
                    return [];
                default:
                    return [
                        {
                            note: `database env ${String(name)}: use keep:database.settings, or a database of your own.`,
                        },
                    ];
            }
        });
}

/** The rows of `database`. */
export const databaseRows: readonly Row[] = [
    converted("database.enabled", "keep:database.kind (external)", false, (value, values) =>
        value === false && !hasConnection(values)
            ? [
                  {
                      note: "database.enabled is false, and no DATABASE_CONNECTION_STRING says where the database is: see keep:database.",
                  },
              ]
            : [],
    ),
    ofServer("database.type", "kind", "postgres", "mysql"),
    dropped("database.replicaCount", ONE_POD, 1),
    dropped("database.strategy", `${ONE_POD} The old pod stops before the new one starts.`, { type: "RollingUpdate" }),
    dropped("database.autoscaling", ONE_POD, { enabled: false }),
    ofServer("database.config", "settings", { max_connections: 300 }),
    converted("database.cleanup", "keep:retention", { enabled: true, schedule: "0 1 * * *", days: 90 }, (value) =>
        isRecord(value) && value.enabled === true
            ? [{ set: "retention", value: { days: value.days ?? 90, schedule: value.schedule ?? "0 1 * * *" } }]
            : [],
    ),
    dropped(
        "database.pv",
        "Volumes come from the storage class; keep:database.volume.persistentVolume makes one from a source that you name.",
        {
            enabled: true,
        },
    ),
    dropped(
        "database.pvc.enabled",
        "A server in the cluster always has a claim; keep:database.volume.existingClaim takes one that exists.",
        true,
    ),
    ofServer("database.pvc.size", "volume.size", "20Gi", "5Gi"),
    ofServer("database.pvc.storageClass", "volume.storageClass", "fast"),
    ofServer("database.pvc.retain", "volume.retain", true),
    dropped("database.image", "The image follows the kind: keep:images.postgres, keep:images.mysql.", {
        tag: "latest",
    }),
    ...imageRows("mysql"),
    ofMake(
        "mysql",
        "env",
        "keep:database.name, keep:database.user, keep:databasePassword",
        [{ name: "MYSQL_DATABASE", value: "keep" }],
        serverEnv,
    ),
    dropped("database.mysql.port", "Servers listen on their usual port.", 3306),
    dropped("database.mysql.dataDir", "The image decides.", "/var/lib/mysql"),
    ...imageRows("postgres"),
    ofMake(
        "postgres",
        "env",
        "keep:database.name, keep:database.user, keep:databasePassword",
        [{ name: "POSTGRES_DB", value: "keep" }],
        serverEnv,
    ),
    dropped("database.postgres.port", "Servers listen on their usual port.", 5432),
    dropped("database.postgres.dataDir", "The image decides.", "/var/lib/postgresql/data"),
    ofMake("postgres", "config.maxConnections", "keep:database.settings.max_connections", 500, (given) => [
        { set: "database.settings", value: { max_connections: String(given) } },
    ]),
    ofMake("postgres", "config.sharedBuffers", "keep:database.settings.shared_buffers", "512MB", (given) => [
        { set: "database.settings", value: { shared_buffers: String(given) } },
    ]),
    converted("database.imagePullSecrets", "keep:images.pullSecrets", [{ name: "registry" }], (value) =>
        list(value).map((entry) => ({ set: "images.pullSecrets", value: [isRecord(entry) ? entry.name : entry] })),
    ),
    dropped(
        "database.podAnnotations",
        "Servers in the cluster have no annotations of yours; use keep:labels, or a database of your own.",
        { team: "ops" },
    ),
    dropped("database.podSecurityContext", "Every pod runs within Pod Security restricted.", { fsGroup: 999 }),
    dropped("database.securityContext", "Every pod runs within Pod Security restricted.", { runAsUser: 999 }),
    dropped("database.service", "Only Keep talks to its database: a ClusterIP.", { type: "ClusterIP" }),
    ofServer("database.resources", "resources", { requests: { cpu: "1", memory: "2Gi" } }),
    ofServer("database.nodeSelector", "nodeSelector", { disk: "ssd" }),
    ofServer("database.tolerations", "tolerations", [{ key: "keep", operator: "Exists" }]),
    ofServer("database.affinity", "affinity", { nodeAffinity: {} }),
    dropped("database.healthCheck", "Every server has probes of its own make.", { enabled: true }),
    dropped("database.extraVolumes", "Settings go to keep:database.settings; for more, use a database of your own.", [
        { name: "extra" },
    ]),
    dropped(
        "database.extraVolumeMounts",
        "Settings go to keep:database.settings; for more, use a database of your own.",
        [{ name: "extra" }],
    ),
];
