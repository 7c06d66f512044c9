import { type AdoptConfig, adoptedClaim, chartFullname } from "./settings";
import type { Issue } from "../settings/issues";
import type { StackConfig } from "../settings/schema";
import { type HasKey, type Rule, rule } from "../settings/rule";

type Adopting = Pick<StackConfig, "adopt" | "database" | "namespace" | "release" | "secretStore">;

/** What must hold so that a stack goes on with a chart's data, and never beside it with an empty database. */
export const adoptRules: readonly Rule[] = [
    rule(["adopt", "database", "namespace", "release", "secretStore"], adoptProblems),
];

function adoptProblems(config: Adopting, has: HasKey): (Issue | false)[] {
    const { adopt, namespace, release, secretStore } = config;
    if (adopt === undefined) {
        return [];
    }
    const fullname = chartFullname(adopt);
    return [
        release !== fullname && {
            key: "keep:release",
            value: release,
            message: `is not what the chart calls the objects of ${adopt.helmRelease}. Set it to ${fullname}, so that its database and ours can never run at once on one disk; for a fullnameOverride set keep:adopt.fullname as well`,
        },
        namespace.name !== undefined &&
            namespace.name !== adopt.namespace && {
                key: "keep:namespace.name",
                value: namespace.name,
                message: `is not keep:adopt.namespace, and a claim cannot leave its namespace. Remove it, or set it to ${adopt.namespace}`,
            },
        secretStore.kind === "kubernetes" &&
            secretStore.namespace !== undefined &&
            secretStore.namespace !== adopt.namespace && {
                key: "keep:secretStore.namespace",
                value: secretStore.namespace,
                message: `is not where the chart's Keep wrote its Secrets. Remove it, or set it to ${adopt.namespace}`,
            },
        ...diskProblems(config, adopt, has),
    ];
}

function diskProblems({ database }: Adopting, adopt: AdoptConfig, has: HasKey): (Issue | false)[] {
    switch (database.kind) {
        case "external":
            return [];
        case "sqlite":
        case "sqlserver":
            return [
                {
                    key: "keep:database.kind",
                    value: database.kind,
                    message: `would begin an empty database beside the chart's. Set it to mysql or postgres, whichever database.type of the chart says, or to external`,
                },
            ];
        case "mysql":
        case "postgres": {
            const claim = adoptedClaim(adopt, database);
            return [
                database.volume.persistentVolume !== undefined && {
                    key: "keep:database.volume.persistentVolume",
                    message: `is given, but ${claim} has a volume. Remove it`,
                },
                !has("databasePassword") && {
                    key: "keep:databasePassword",
                    message: `is missing, but the database in ${claim} has its users. Set the password of keep:database.user with pulumi config set --secret; docs/from-the-chart.md says how`,
                },
            ];
        }
    }
}
