import { type ComponentChoices, componentsOf, PROCESS_TIERS } from "../component";
import { filesOf } from "../database/drivers/driver";
import { engines } from "../database/engines";
import { filesOfUrl, socketsOf } from "../database/givenUrl";
import { type DatabaseConfig, hasParts } from "../database/settings";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { allOf } from "../fields/vocabulary";
import type { TierConfig } from "./settings";

type Settings = ComponentChoices &
    Readonly<Record<(typeof PROCESS_TIERS)[number], Pick<TierConfig, "volumeMounts">>> & {
        readonly database: DatabaseConfig;
    };

/**
 * The condition on files that the address of an external database names, such as that of an authority: if the backend mounts
 * one, so do the other tiers, whose connections would fail without it.
 * @param url `keep:databaseUrl`, which is not known if it is an Output
 */
export function databaseFileRules(url: unknown): Rule<Settings>[] {
    return [
        (settings) => {
            const { backend, database } = settings;
            if (database.kind !== "external") {
                return [];
            }
            const isByParts = hasParts(database);
            const files = isByParts
                ? filesOf(engines[database.engine].driver, database.parameters)
                : filesOfUrl(typeof url === "string" ? url : "");
            const mounted = Object.entries(files).filter(([, path]) => isMounted(path, backend));
            const others = PROCESS_TIERS.filter((tier) => tier !== "backend" && componentsOf(settings).includes(tier));
            const where = isByParts ? "keep:database.parameters" : "keep:databaseUrl";
            return others.map((tier) => {
                const missing = mounted.filter(([, path]) => !isMounted(path, settings[tier]));
                return (
                    missing.length > 0 &&
                    issue(
                        `${tier}.volumeMounts`,
                        `lacks the file that ${where} names as ${allOf(missing.map(([name]) => name))}, and keep:backend.volumeMounts has it. Mount it there too`,
                    )
                );
            });
        },
        // A socket is never in an image, as an authority may be. All these pods have a volume at /tmp.
        (settings) => {
            const known = settings.database.kind === "external" && typeof url === "string" ? socketsOf(url) : [];
            const sockets = known.filter((path) => !`${path}/`.startsWith("/tmp/"));
            return PROCESS_TIERS.filter((tier) => componentsOf(settings).includes(tier)).map(
                (tier) =>
                    sockets.some((path) => !isMounted(path, settings[tier])) &&
                    issue(
                        `${tier}.volumeMounts`,
                        "has no volume for the socket that keep:databaseUrl names. Mount the volume in which the proxy creates it",
                    ),
            );
        },
    ];
}

function isMounted(path: string, tier: Pick<TierConfig, "volumeMounts">): boolean {
    return mountsOf(path, tier).length > 0;
}

/** The mounts of a tier that contain a path. */
export function mountsOf(path: string, { volumeMounts }: Pick<TierConfig, "volumeMounts">): TierConfig["volumeMounts"] {
    return volumeMounts.filter(
        ({ mountPath }) => typeof mountPath === "string" && `${path}/`.startsWith(`${mountPath.replace(/\/$/, "")}/`),
    );
}
