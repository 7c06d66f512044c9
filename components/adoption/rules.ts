import { engineNames, engines } from "../database/engines";
import { type DatabaseConfig, engineOf, isServer } from "../database/settings";
import { oneOf } from "../fields/vocabulary";
import { type AdoptConfig, adoptedClaim, chartFullname } from "./settings";
import type { NamespaceConfig } from "../namespace";
import type { SecretStoreConfig } from "../secretStore/settings";
import type { Has, Rule } from "../fields/rule";
import { issue, type Issue } from "../fields/issue";

interface Adopting {
    readonly adopt?: AdoptConfig | undefined;
    readonly database: DatabaseConfig;
    readonly namespace: NamespaceConfig;
    readonly release: string;
    readonly secretStore: SecretStoreConfig;
}

/** Conditions for adopting the chart's data, so that the stack never creates an empty database instead. */
export const adoptRules: readonly Rule<Adopting, "databasePassword">[] = [adoptIssues];

function adoptIssues(config: Adopting, has: Has<"databasePassword">): (Issue | false)[] {
    const { adopt, namespace, release, secretStore } = config;
    if (adopt === undefined) {
        return [];
    }
    const fullname = chartFullname(adopt);
    return [
        release !== fullname &&
            issue(
                "release",
                `is not the name of the chart's objects in the release ${adopt.helmRelease}. Set it to ${fullname}, so that the chart's database and this one cannot use the same volume at once. With fullnameOverride, also set keep:adopt.fullname`,
                { value: release },
            ),
        namespace.name !== undefined &&
            namespace.name !== adopt.namespace &&
            issue(
                "namespace.name",
                `is not keep:adopt.namespace, and a claim cannot leave its namespace. Remove it, or set it to ${adopt.namespace}`,
                { value: namespace.name },
            ),
        secretStore.kind === "kubernetes" &&
            secretStore.namespace !== undefined &&
            secretStore.namespace !== adopt.namespace &&
            issue(
                "secretStore.namespace",
                `is not the namespace in which the chart's Keep stores its Secrets. Remove it, or set it to ${adopt.namespace}`,
                { value: secretStore.namespace },
            ),
        ...diskIssues(config, adopt, has),
    ];
}

function diskIssues({ database }: Adopting, adopt: AdoptConfig, has: Has<"databasePassword">): (Issue | false)[] {
    if (database.kind === "external") {
        return [];
    }
    if (!isServer(database) || engineOf(database)?.adoption === undefined) {
        return [
            issue(
                "database.kind",
                `would create an empty database beside the chart's. Set it to the chart's database.type (${oneOf(adoptable)}), or to external`,
                { value: database.kind },
            ),
        ];
    }
    const claim = adoptedClaim(adopt, database);
    return [
        database.volume.persistentVolume !== undefined &&
            issue("database.volume.persistentVolume", `is set, but ${claim} already has a volume. Remove it`),
        !has("databasePassword") &&
            database.passwordSecret === undefined &&
            issue(
                "databasePassword",
                `is missing, but the database in ${claim} already has users. Set the password of keep:database.user, or keep:database.passwordSecret; see docs/from-the-chart.md`,
                { secretKey: "databasePassword" },
            ),
    ];
}

const adoptable = engineNames.filter((name) => engines[name].adoption !== undefined);
