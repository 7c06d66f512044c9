import { hasOwnTrust, type Trusting } from "../airGapped/ownTrust";
import type { Certificates } from "../airGapped/settings";
import { authorityFault, authorityFix } from "../database/authorities";
import { parametersOfUrl, placeOf } from "../database/givenUrl";
import { engines } from "../database/engines";
import { MANAGED_DATABASES, NEON_POOLER } from "../database/managedHosts";
import { type DatabaseConfig, type ExternalDatabaseConfig, hasParts } from "../database/settings";
import { issue } from "../fields/issue";
import { managedHostFault } from "../fields/managedHost";
import type { Rule } from "../fields/rule";
import type { DumpServer } from "./kind";
import { type BackupConfig, dumpServer, makesDumps } from "./settings";

/** A pooler that gives a connection to another client after each transaction, by the documentation of its service. */
interface Pooler {
    readonly host: RegExp;
    /** The port at which it listens; default: each. */
    readonly port?: string;
    /** The way to the server itself, or to a pooler that keeps a connection for one client. */
    readonly direct: string;
}

const POOLERS: readonly Pooler[] = [
    { host: NEON_POOLER, direct: "Use the host without -pooler" },
    // https://supabase.com/docs/guides/database/connecting-to-postgres
    { host: /\.supabase\.com?$/i, port: "6543", direct: "Use port 5432" },
    // https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-pgbouncer,
    // https://planetscale.com/docs/postgres/connecting/pgbouncer
    {
        host: /(\.postgres\.database\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)|\.pg\.psdb\.cloud)$/i,
        port: "6432",
        direct: "Use port 5432",
    },
];

interface Settings {
    readonly backend: Trusting;
    readonly backup: BackupConfig;
    readonly database: DatabaseConfig;
    readonly extraCa?: Certificates | undefined;
}

const REASON =
    "is a pooler, which shares connections between transactions. Dumps would leave an empty search path in them, so that Keep finds no table.";

/** The way around a pooler; undefined if a server is none. */
function directOf(host: string, port: string | undefined): string | undefined {
    return POOLERS.find((pooler) => pooler.host.test(host) && (pooler.port ?? port) === port)?.direct;
}

/** The reason why a server of dumps cannot be used with the user of the database; undefined if it can. */
function serverFault({ host, port }: DumpServer, user: string | undefined): string | undefined {
    const direct = directOf(host, String(port));
    return direct === undefined
        ? managedHostFault(MANAGED_DATABASES, {
              engine: "postgres",
              host,
              isDefaultPort: port === engines.postgres.port,
              isPlain: false,
              options: undefined,
              port,
              user,
          })
        : `${REASON} ${direct}`;
}

/** The reason why dumps reject the certificate of a server; undefined if they may accept it. */
function dumpAuthorityFault(
    { host }: DumpServer,
    { backend, extraCa }: Settings,
    database: ExternalDatabaseConfig,
    url: unknown,
): string | undefined {
    const byUrl = !hasParts(database) && typeof url === "string";
    const reason = authorityFault(host, {
        ...database,
        hasExtraCa: extraCa !== undefined,
        parameters: byUrl ? parametersOfUrl(url) : database.parameters,
    });
    const fix = byUrl
        ? "Name a file with its authority in sslrootcert of keep:databaseUrl"
        : authorityFix(database.tls);
    return reason === undefined || hasOwnTrust(backend) ? undefined : `${reason}. ${fix}`;
}

/** Host, port and user of the database; those in a Secret are undefined. */
function addressOf(
    database: ExternalDatabaseConfig,
    url: unknown,
): { readonly host?: string; readonly port?: string; readonly user?: string } {
    if (!hasParts(database)) {
        const [host, port, , user] = placeOf(typeof url === "string" ? url : "");
        return { host, port, user };
    }
    const { host, port = engines.postgres.port, portSecret, user, userSecret } = database;
    return {
        host,
        port: portSecret === undefined ? String(port) : undefined,
        user: userSecret === undefined ? user : undefined,
    };
}

/**
 * The condition that dumps connect to a server, and not to such a pooler: pg_dump and pg_restore would leave an empty
 * `search_path` in connections that Keep gets next (pgbouncer/pgbouncer#976).
 * @param url `keep:databaseUrl`, which is not known if it is an Output
 */
export function dumpServerRules(url: unknown): Rule<Settings>[] {
    return [
        (settings) => {
            const { backup, database } = settings;
            if (database.kind !== "external" || database.engine !== "postgres" || !makesDumps(backup)) {
                return [];
            }
            const { host = "", port, user } = addressOf(database, url);
            const server = dumpServer(backup);
            if (server !== undefined) {
                const fault = serverFault(server, user) ?? dumpAuthorityFault(server, settings, database, url);
                return [fault !== undefined && issue("backup.server.host", fault, { value: server.host })];
            }
            const direct = directOf(host, port);
            const reason = `${REASON} ${direct}, here or in keep:backup.server, which is for dumps alone, or set keep:backup.kind to none`;
            return [
                direct !== undefined &&
                    (hasParts(database)
                        ? issue("database.host", reason, { value: host })
                        : issue("databaseUrl", `has a host that ${reason}`)),
            ];
        },
    ];
}
