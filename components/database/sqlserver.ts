import * as z from "zod";

import { pyodbc } from "./drivers/pyodbc";
import type { Engine } from "./engine";
import { DATABASE_NAME, identifier, serverFields, USER } from "./fields";

const schema = z.strictObject({
    kind: z.literal("sqlserver").describe("SQL Server in the cluster, one pod; needs a keep:backend.image of your own"),
    ...serverFields,
    name: identifier("database name", /^(master|model|msdb|tempdb)$/i)
        .default("keep")
        .describe(DATABASE_NAME),
    user: z
        .literal("sa", { error: "is not sa, the only user that the image creates. Remove it" })
        .default("sa")
        .describe(USER),
    acceptEula: z
        .literal(true, {
            error: "is not true. Read Microsoft's license (https://go.microsoft.com/fwlink/?linkid=857698), then set it to true",
        })
        .describe("true: you accept Microsoft's license terms"),
});

const QUERY = '/opt/mssql-tools18/bin/sqlcmd -C -b -l 30 -S "${HOST:-127.0.0.1}" -U sa -P "$MSSQL_SA_PASSWORD"';

/**
 * SQL Server (https://hub.docker.com/r/microsoft/mssql-server). Keep's published image has no driver for it, so a rule
 * rejects this combination.
 */
export const sqlserver: Engine<typeof schema> = {
    kind: "sqlserver",
    title: "SQL Server",
    schema,
    scheme: "mssql+pyodbc",
    driver: pyodbc,
    port: 1433,
    urlParameters: { driver: "ODBC Driver 18 for SQL Server", TrustServerCertificate: "yes" },
    // The driver trusts only the authorities in its image.
    tlsParameters: (mode) => ({ Encrypt: "yes", TrustServerCertificate: mode === "require" ? "yes" : "no" }),
    // https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute
    decidedParameters: {
        host: ["addr", "address", "dsn", "failover_partner", "filedsn", "host", "odbc_connect", "server"],
        name: ["database"],
        passwordSecret: ["password", "pwd"],
        port: ["port"],
        tls: ["encrypt", "trustservercertificate"],
        user: ["trusted_connection", "uid", "user"],
    },
    dumpScript: undefined,
    // Its default collation
    // (https://learn.microsoft.com/sql/relational-databases/collations/collation-and-unicode-support).
    text: { ignoresCase: true },
    connections: () => undefined,
    presets: { small: {}, medium: {}, large: {}, xlarge: {} },
    adoption: undefined,
    server: {
        user: 10001,
        mountPath: "/var/opt/mssql",
        directory: "data",
        scratch: { tmp: "/tmp" },
        settings: {},
        decidedSettings: "all",
        resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
        // Its start ends with "This program requires a machine with at least 2000 megabytes of memory."
        // (https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system)
        leastMemory: () => "2000Mi",
        env: ({ password }) => ({
            ACCEPT_EULA: "Y",
            MSSQL_PID: "Express",
            MSSQL_SA_PASSWORD: password,
            HOME: "/tmp",
        }),
        passwordFault,
        args: () => [],
        health: () => ["/bin/sh", "-c", `${QUERY} -Q "SELECT 1"`],
        createDatabase: ({ name }) => [
            "/bin/sh",
            "-c",
            `${QUERY} -Q "IF DB_ID('${name}') IS NULL CREATE DATABASE [${name}]"`,
        ],
    },
};

/** Conditions on the password of a login (https://learn.microsoft.com/sql/relational-databases/security/password-policy). */
function passwordFault(password: string): string | undefined {
    if (password.length < 8 || password.length > 128) {
        return "does not have 8 to 128 characters, so SQL Server does not start. Set another";
    }
    const used = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
    return used.length < 3
        ? "does not have three of upper-case letters, lower-case letters, digits and symbols, so SQL Server does not start. Set another"
        : undefined;
}
