import type { ManagedHost } from "../fields/managedHost";
import type { EngineName } from "./engines";

/** Parts of the address of a database; those in a Secret are undefined. */
export interface DatabaseHostContext {
    readonly engine: EngineName;
    /** Whether the port is the default of the engine. */
    readonly isDefaultPort: boolean;
    readonly host: string | undefined;
    /** Whether the driver connects without TLS. */
    readonly isPlain: boolean;
    /** Parameter `options` of libpq. */
    readonly options: string | undefined;
    /** The port that is set. */
    readonly port: number | undefined;
    readonly user: string | undefined;
}

const OWN_PORT = "never listens at the default port. Set the port that its console shows";
const UNREADABLE = "whose version SQLAlchemy's driver of PostgreSQL cannot read. Use PostgreSQL";

/** The pooler of Neon (https://neon.com/docs/connect/connection-pooling). */
export const NEON_POOLER = /-pooler\.([a-z0-9-]+\.)*neon\.tech$/i;

/** End of the hosts of Amazon RDS. In China, the region is behind `rds` (RdsUtils of aws-advanced-jdbc-wrapper). */
export const RDS_HOST = /\.(rds\.[a-z0-9-]+|[a-z0-9-]+\.rds)\.amazonaws\.com(\.cn)?$/;

/** Hosts of managed services that Keep cannot use, by the documentation of the services. */
export const MANAGED_DATABASES: readonly ManagedHost<DatabaseHostContext>[] = [
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Reader.html
        host: new RegExp(`\\.cluster-ro-[a-z0-9]+${RDS_HOST.source}`),
        reason: "is the reader endpoint of an Aurora cluster, where Keep cannot write. Use the writer endpoint, without -ro",
    },
    {
        // https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-and-postgres-sql.html
        host: /\.redshift(-serverless)?\.amazonaws\.com(\.cn)?$/,
        reason: "is Amazon Redshift, which has no indexes, so that Keep's migrations fail. Use PostgreSQL",
    },
    {
        // https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-unsupported-features.html
        host: /\.dsql(-[a-z0-9]+)?\.[a-z0-9-]+\.on\.aws$/,
        reason: "is Aurora DSQL, whose transactions allow only one change of the schema, so that Keep's migrations fail. Use PostgreSQL",
    },
    {
        // lib/sqlalchemy/dialects/postgresql/base.py, _get_server_version_info
        host: /\.cockroachlabs\.cloud$/,
        reason: `is CockroachDB, ${UNREADABLE}`,
    },
    {
        // Its default port. Services and tunnels that choose ports at random may choose it too.
        host: /^(?!.*\.(aivencloud\.com|ngrok\.io|rlwy\.net)$)/,
        when: ({ engine, port }) => engine === "postgres" && port === 26257,
        reason: `listens at port 26257, that of CockroachDB, ${UNREADABLE}`,
    },
    {
        // https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl
        host: /\.(mysql|postgres)\.database\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)$/,
        when: ({ host, user }) => user?.toLowerCase().endsWith(`@${host?.toLowerCase().split(".")[0] ?? ""}`) === true,
        reason: "is a Flexible Server of Azure, whose users do not end with @ and the server. Remove that from the user",
    },
    {
        // https://supabase.com/docs/guides/database/connecting-to-postgres
        host: /\.pooler\.supabase\.com$/,
        when: ({ user }) => user?.includes(".") === false,
        reason: "is a pooler of Supabase, where users are named like keep.<project>. Set the user with its project",
    },
    {
        // https://supabase.com/docs/guides/database/connecting-to-postgres
        host: /^db\.[a-z0-9]+\.supabase\.co$/,
        when: ({ user }) => user?.includes(".") === true,
        reason: "is the server of Supabase, where users are not named like keep.<project>, as at its pooler. Set the user without the project, or the host of the pooler",
    },
    {
        // neondatabase/neon#6291
        host: NEON_POOLER,
        when: ({ options }) => options !== undefined && /(^|\s)(-c|--)/.test(options),
        reason: "is a pooler of Neon, which rejects parameters of the server in options. Use the host without -pooler, or set the parameters by ALTER ROLE",
    },
    {
        // https://learn.microsoft.com/azure/mysql/flexible-server/security-tls-how-to-connect (require_secure_transport),
        // https://planetscale.com/docs/vitess/connecting/secure-connections,
        // https://docs.pingcap.com/tidbcloud/secure-connections-to-serverless-clusters
        host: /(\.mysql\.database\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)|\.psdb\.cloud|^gateway\d+\..*\.tidbcloud\.com)$/,
        when: ({ isPlain }) => isPlain,
        reason: "accepts only TLS. Set keep:database.tls. In a complete URL, add a parameter such as ssl_ca",
    },
    // These services choose the ports themselves.
    { host: /\.db\.ondigitalocean\.com$/, when: ({ isDefaultPort }) => isDefaultPort, reason: OWN_PORT },
    { host: /\.aivencloud\.com$/, when: ({ isDefaultPort }) => isDefaultPort, reason: OWN_PORT },
];

/**
 * Whether PyMySQL connects without TLS, which only these parameters turn on (PyMySQL 1.1.1, pymysql/connections.py, Connection.__init__).
 * @param parameters names of the parameters of the URL
 */
export function isPlainInPymysql(parameters: readonly string[]): boolean {
    return !parameters.some((name) => /^(ssl_(?!disabled$)|read_default_file$)/.test(name));
}
