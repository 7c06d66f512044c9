import * as z from "zod";

import { type DatabaseConfig, isServer } from "../database/settings";
import { type ImagesConfig, POSTGRES_VERSION } from "../fields/images";
import { issue, type Issue } from "../fields/issue";
import { computedText } from "../tokens";

/** What can read the files of a database. */
export const databaseFiles = z.object({
    kind: z.string(),
    /** Version of the server, as far as its files depend on it; empty if the image does not name it. */
    version: z.string(),
    /** Settings that the server applies only when it creates its files, by name. */
    settings: z.record(z.string(), z.string()),
});

/** What can read the files of a database. */
export type DatabaseFiles = z.infer<typeof databaseFiles>;

interface Format {
    /** Where an image names the version. */
    readonly version: RegExp;
    /** Whether a version reads the files of another one. */
    readonly reads: (now: number, was: number) => boolean;
    /** Settings that must be those at the creation of the files, with their defaults. */
    readonly fixed?: Readonly<Record<string, string>>;
}

const FORMATS: Readonly<Record<string, Format>> = {
    // src/backend/utils/init/miscinit.c, ValidatePgVersion
    postgres: { version: POSTGRES_VERSION, reads: (now, was) => now === was },
    // https://dev.mysql.com/doc/refman/8.4/en/upgrade-paths.html: 8.4 is the version between 8.0 and 9.
    mysql: {
        version: /(?:^|\/)(?:mysql|mysql-server|community-server):(\d+\.\d+)/,
        reads: (now, was) => now >= was && (was >= 8004 || now < 9000),
        // storage/innobase/handler/ha_innodb.cc has the default of innodb_data_file_path.
        fixed: {
            innodb_data_file_path: "ibdata1:12M:autoextend",
            innodb_page_size: "16K",
            lower_case_table_names: "0",
        },
    },
    // https://learn.microsoft.com/sql/t-sql/statements/restore-statements-transact-sql#compatibility-support
    sqlserver: { version: /\/mssql\/server:(\d+)-/, reads: (now, was) => now >= was },
};

/** What can read the files of a database in a volume of the program. */
export function filesOf(database: DatabaseConfig, images: ImagesConfig): DatabaseFiles {
    const { kind } = database;
    const { version, fixed = {} } = FORMATS[kind] ?? {};
    if (version === undefined || !isServer(database)) {
        return { kind, version: "", settings: {} };
    }
    const settings = Object.entries(fixed).map(([name, usual]) => [name, inBytes(database.settings[name] ?? usual)]);
    return {
        kind,
        version: computedText(images[database.kind], (image) => version.exec(image)?.[1] ?? ""),
        settings: Object.fromEntries(settings) as Record<string, string>,
    };
}

/** A size in bytes, so that two formats of a size are equal. */
function inBytes(text: string): string {
    const [, digits = "", unit = ""] = /^(\d+)(k?)$/i.exec(text) ?? [];
    return digits === "" ? text : String(Number(digits) * (unit === "" ? 1 : 1024));
}

/** Issues of a server that does not start with the files of another one of its kind. */
export function fileIssues(was: DatabaseFiles, now: DatabaseFiles, volume: string): Issue[] {
    const unreadable = `, so the server would not start with the files in ${volume}. Undo the change; or restore a dump into another volume (docs/upgrade.md)`;
    const areKnown = was.version !== "" && now.version !== "";
    const isReadable = FORMATS[now.kind]?.reads(numberOf(now.version), numberOf(was.version)) ?? true;
    const version = `images.${now.kind}`;
    return [
        ...(areKnown && !isReadable
            ? [issue(version, `is version ${now.version}, which cannot read files of ${was.version}${unreadable}`)]
            : []),
        ...Object.entries(was.settings)
            .filter(([name, value]) => now.settings[name] !== value)
            .map(([name, value]) =>
                issue(
                    ["database", "settings", name],
                    `differs from ${value}, its value when the database was created${unreadable}`,
                ),
            ),
    ];
}

/** A version of one or two numbers as a number. */
function numberOf(version: string): number {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return 1000 * major + minor;
}
