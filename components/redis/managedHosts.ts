import type { ManagedHost } from "../fields/managedHost";
import { REDIS_PORT } from "./settings";

/** Parts of the address of a Redis; the port is undefined if it is in a Secret. */
interface Address {
    readonly hasPassword: boolean;
    readonly host: string | undefined;
    readonly port: number | undefined;
    readonly tls: boolean;
}

// arq changes several keys in one transaction, which a cluster rejects (https://github.com/python-arq/arq/issues/385).
const CLUSTER = "is in cluster mode, which Keep's queue does not support. Use a Redis with cluster mode disabled";
const OWN_PORT = "never listens at port 6379. Set keep:redis.port to the port that the console shows";
const TLS_ONLY = "accepts only TLS. Set keep:redis.tls to true";
const PASSWORD_ONLY = "accepts only clients with a password. Set keep:redisPassword, or keep:redis.passwordSecret";

const isDefaultPort = ({ port }: Address) => port === REDIS_PORT;

/** Hosts of managed services that Keep's queue cannot use, by the documentation of the services. */
export const MANAGED_REDIS: readonly ManagedHost<Address>[] = [
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
    { host: /(^|\.)clustercfg\..*\.amazonaws\.com(\.cn)?$/, reason: CLUSTER },
    { host: /\.serverless\.[a-z0-9]+\.cache\.amazonaws\.com(\.cn)?$/, reason: CLUSTER },
    // https://docs.aws.amazon.com/memorydb/latest/devguide/endpoints.html
    { host: /\.memorydb\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/, reason: CLUSTER },
    {
        host: /(^replica\..*|-ro\.[a-z0-9]+\.ng\.[0-9]+\.[a-z0-9]+)\.cache\.amazonaws\.com(\.cn)?$/,
        reason: "is a reader endpoint, where Keep cannot write. Use the primary endpoint",
    },
    {
        // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/enable-python-best-practices.html (formats of DNS records). The
        // number of a node is only in names without TLS.
        host: /^master\.(?!.*\.\d{4}\.).*\.cache\.amazonaws\.com(\.cn)?$/,
        when: ({ tls }) => !tls,
        reason: "is an endpoint for TLS. Set keep:redis.tls to true",
    },
    // https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure#access-ports
    {
        host: /\.redis\.cache\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/,
        when: ({ port, tls }) => port === 6380 && !tls,
        reason: "accepts only TLS at port 6380. Set keep:redis.tls to true",
    },
    {
        host: /\.redis\.cache\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/,
        when: ({ port, tls }) => port === REDIS_PORT && tls,
        reason: "has no TLS at port 6379. Set keep:redis.port to 6380",
    },
    // https://learn.microsoft.com/azure/redis/development-faq
    {
        host: /\.(redis|redisenterprise\.cache)\.azure\.net$/,
        when: ({ port }) => port === REDIS_PORT || port === 6380,
        reason: "listens at port 10000. Set keep:redis.port to 10000",
    },
    // https://upstash.com/docs/redis/howto/connectclient
    { host: /\.upstash\.io$/, when: ({ tls }) => !tls, reason: TLS_ONLY },
    // https://docs.oracle.com/iaas/Content/ocicache/connecttocluster.htm
    { host: /\.redis\.[a-z0-9-]+\.oci\.oraclecloud\.com$/, when: ({ tls }) => !tls, reason: TLS_ONLY },
    // https://docs.digitalocean.com/products/databases/valkey/how-to/connect/
    { host: /\.db\.ondigitalocean\.com$/, when: ({ tls }) => !tls, reason: TLS_ONLY },
    { host: /\.db\.ondigitalocean\.com$/, when: isDefaultPort, reason: OWN_PORT },
    // These services choose the ports themselves.
    { host: /\.aivencloud\.com$/, when: isDefaultPort, reason: OWN_PORT },
    { host: /\.(cloud\.redislabs|redis-cloud)\.com$/, when: isDefaultPort, reason: OWN_PORT },
    // Their default user has a password (the pages above; https://aiven.io/docs/products/valkey/howto/manage-service-users).
    {
        host: /\.(upstash\.io|db\.ondigitalocean\.com|aivencloud\.com)$/,
        when: ({ hasPassword }) => !hasPassword,
        reason: PASSWORD_ONLY,
    },
];
