import { amountOf } from "../../fields/quantity";
import { issue, type Issue } from "../../fields/issue";
import type { Resources } from "../../kubernetes/pod";
import { hasLater } from "../../tokens";
import type { ParameterChecks, ServerParameters } from "../engine";
import type { ServerSettings } from "../fields";
import { settingPath } from "./names";
import { archiveIssues } from "./archive";
import { bytesOf, isOn, type Parameters, parametersOf } from "./postgres";
import { faultOf, libraryFault } from "./postgresUnusable";

/** Conditions on the parameters of the PostgreSQL in an image. Those of 17 are known. */
export function postgresChecks(image: string): ParameterChecks {
    const parameters = parametersOf(image);
    return parameters === undefined
        ? {}
        : {
              fault: (name, value) => faultOf(parameters, name, value) ?? libraryFault(name, value, image),
              together: (config) => serverIssues(parameters, config, image),
              cache: (settings, resources) => memoryIssue(parameters, settings, resources),
          };
}

function serverIssues(parameters: Parameters, { settings, volume }: ServerSettings, image: string): (Issue | false)[] {
    const { existingClaim, size } = volume;
    const { max_wal_senders: senders = "10", ssl = "off", wal_level: level = "replica" } = settings;
    const isMinimal = level.toLowerCase() === "minimal";
    return [
        // src/backend/postmaster/postmaster.c, PostmasterMain
        isMinimal &&
            Number(senders) > 0 &&
            issue(
                settingPath("wal_level"),
                "is too little for replication, which is on by default. Set max_wal_senders to 0, or use replica",
                { value: level },
            ),
        ...["archive_mode", "summarize_wal"].map((name) => {
            const value = settings[name] ?? "off";
            return (
                isMinimal &&
                isOn(value) !== false &&
                issue(settingPath(name), "needs wal_level replica or logical. Change one of them", { value })
            );
        }),
        ...archiveIssues(settings, image),
        ...["lc_messages", "lc_monetary", "lc_numeric", "lc_time"].map((name) => {
            const value = settings[name] ?? "";
            // The locales of the image.
            return (
                !/^(c|posix|c\.utf-?8|en_us\.utf-?8)?$/i.test(value) &&
                issue(settingPath(name), "is not a locale of the image. Use C.UTF-8 or en_US.UTF-8", { value })
            );
        }),
        waits(settings) &&
            issue(
                settingPath("synchronous_standby_names"),
                "makes every change wait for a replica, which this server does not have. Remove it, or use keep:database.kind cloudnativepg",
                { value: settings.synchronous_standby_names },
            ),
        isOn(ssl) === true &&
            issue(settingPath("ssl"), "is on, but the server has no certificate, so it does not start. Remove it"),
        ...walIssues(parameters, settings, existingClaim === undefined ? size : undefined),
    ];
}

/** Whether changes wait for replicas. */
function waits({
    synchronous_commit: commit = "on",
    synchronous_standby_names: names = "",
}: ServerParameters): boolean {
    return names.trim() !== "" && isOn(commit) !== false && commit.toLowerCase() !== "local";
}

/** The issue of shared memory that does not fit into the limit of the container. */
export function memoryIssue(
    parameters: Parameters,
    settings: ServerParameters,
    resources: Resources | undefined,
): Issue | false {
    const { shared_buffers: value = "128MB" } = settings;
    const bytes = bytesOf(parameters, "shared_buffers", value) ?? 0;
    return limitIssue("shared_buffers", value, bytes, resources, "a quarter");
}

/**
 * The issue of memory that a server allocates and that does not fit into the limit of its container: the kernel would
 * end the server.
 * @param share usual part of the memory, for the message
 */
export function limitIssue(
    name: string,
    value: string,
    bytes: number,
    resources: Resources | undefined,
    share: string,
): Issue | false {
    const limit = resources?.limits?.memory;
    return (
        bytes >= limitOf(limit) &&
        issue(
            settingPath(name),
            `does not fit into the memory limit of the server, which is ${limit ?? "none"}. ` +
                `Use ${share} of the memory, or raise keep:database.resources.limits.memory`,
            { value },
        )
    );
}

/** Issues of the size of the write-ahead log, which is at least two segments, and less than the volume. */
export function walIssues(parameters: Parameters, settings: ServerParameters, volume: string | undefined): Issue[] {
    return ["min_wal_size", "max_wal_size", "wal_keep_size"].flatMap((name) => {
        const value = settings[name] ?? "";
        const size = bytesOf(parameters, name, value) ?? Number.NaN;
        // src/backend/access/transam/xlog.c, ReadControlFile
        if (size < 2 * SEGMENT && name !== "wal_keep_size") {
            return [issue(settingPath(name), "is less than 32MB, the minimum of PostgreSQL. Use more", { value })];
        }
        return size >= limitOf(volume)
            ? [
                  issue(settingPath(name), `does not fit into the volume of ${volume ?? ""}. Use less`, {
                      value,
                  }),
              ]
            : [];
    });
}

/** Bytes of a quantity; infinite if it is zero, not set or not known. */
export function limitOf(quantity: string | undefined): number {
    const amount = quantity === undefined || hasLater(quantity) ? 0 : amountOf(quantity);
    return amount === 0 ? Number.POSITIVE_INFINITY : amount;
}

/** Bytes of a segment of the write-ahead log (wal_segment_size). */
const SEGMENT = 16 * 1024 ** 2;
