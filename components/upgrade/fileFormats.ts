import { postgresMajor } from "../fields/images";

/** How the versions of a server read files of each other. */
export interface FileFormat {
    /** The version in an image, as far as files depend on it; empty if the image does not name it. */
    readonly versionOf: (image: string) => string;
    /** Whether a version reads the files of another one. */
    readonly reads: (now: string, was: string) => boolean;
    /** Settings that must be those at the creation of the files, with their defaults. */
    readonly fixed?: Readonly<Record<string, string>>;
}

/** Last versions of the series that have ended: their numbers are tags too (docker-library/official-images, library/). */
const LAST: Readonly<Record<string, string>> = {
    "MySQL 8": "8.4",
    "MySQL 9": "9.7",
    "Redis 6": "6.2",
    "Redis 7": "7.4",
    "Valkey 7": "7.2",
    "Valkey 8": "8.1",
};

/** The last MySQL of each series, and the first of the next one. */
const NEXT_SERIES: Readonly<Record<number, number>> = { 5007: 8000, 8004: 9000, 9007: 26_000 };

/** First versions that write a version of the RDB format, from the latest to the earliest. */
const RDB = {
    // redis/redis, RDB_VERSION in src/rdb.h of each version
    Redis: { 8010: 15, 8008: 14, 8006: 13, 7004: 12, 7002: 11, 7000: 10, 0: 9 },
    // valkey-io/valkey, RDB_VERSION_MAP in src/rdb.h
    Valkey: { 9002: 81, 9000: 80, 0: 11 },
};

/** How the versions of each server read files of each other, by kind. */
export const FORMATS: Readonly<Record<string, FileFormat>> = {
    // src/backend/utils/init/miscinit.c, ValidatePgVersion
    postgres: { versionOf: (image) => postgresMajor(image)?.toString() ?? "", reads: (now, was) => now === was },
    mysql: {
        versionOf: (image) => {
            const [, version = ""] =
                /(?:^|\/)(?:mysql|mysql-server|community-server):(\d+(?:\.\d+)?)/.exec(image) ?? [];
            return complete("MySQL", version);
        },
        // sql/dd/impl/bootstrap/server_version_transition.cc. Versions of the calendar begin with 26.7.
        reads: (now, was) => {
            const [target, source] = [numberOf(now), numberOf(was)];
            const series = (version: number) => (version >= 26_000 ? 26_000 : 1000 * Math.floor(version / 1000));
            return target >= source && [series(source), NEXT_SERIES[source]].includes(series(target));
        },
        // storage/innobase/handler/ha_innodb.cc has the default of innodb_data_file_path.
        fixed: {
            innodb_data_file_path: "ibdata1:12M:autoextend",
            innodb_page_size: "16K",
            lower_case_table_names: "0",
        },
    },
    // https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql#compatibility-support
    sqlserver: {
        versionOf: (image) => /\/mssql\/server:(\d+)-/.exec(image)?.[1] ?? "",
        reads: (now, was) => Number(now) >= Number(was),
    },
    // The file of queued jobs begins with an RDB file. Valkey reads no format that only Redis has (rdbIsForeignVersion in src/rdb.h).
    redis: {
        versionOf: (image) => {
            const [, name = "", version = ""] = /(?:^|\/)(redis|valkey)[^/:]*:(\d+(?:\.\d+)?)/.exec(image) ?? [];
            const title = name === "redis" ? "Redis" : "Valkey";
            const known = complete(title, version);
            return known === "" ? "" : `${title} ${known}`;
        },
        reads: (now, was) => {
            const [target, source] = [rdbOf(now), rdbOf(was)];
            return target >= source && (target < 80 || source < 12 || source >= 80);
        },
    },
};

/** A version of two numbers, also for the number of a series that has ended; empty for another one. */
function complete(title: string, version: string): string {
    return version.includes(".") ? version : (LAST[`${title} ${version}`] ?? "");
}

/** The version of the RDB format that a Redis or Valkey writes. */
function rdbOf(version: string): number {
    const [name = "", numbers = ""] = version.split(" ");
    const formats = Object.entries(RDB[name === "Redis" ? "Redis" : "Valkey"]).map(
        ([since, rdb]) => [Number(since), rdb] as const,
    );
    return Math.max(...formats.filter(([since]) => since <= numberOf(numbers)).map(([, rdb]) => rdb));
}

/** A version of two numbers as a number. */
function numberOf(version: string): number {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return 1000 * major + minor;
}
