import { SYSTEM_BUNDLE } from "../airGapped/systemBundle";
import { isInternal, UNSIGNED } from "../fields/host";
import type { EngineName } from "./engines";
import { RDS_HOST } from "./managedHosts";

/** Hosts of services that sign certificates themselves. */
const OWN_AUTHORITY: readonly RegExp[] = [
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html; only RDS Proxy has a public authority.
    new RegExp(`^(?!.*\\.proxy-).*${RDS_HOST.source}`),
    // https://supabase.com/docs/guides/platform/ssl-enforcement
    /\.supabase\.com?$/,
    // https://aiven.io/docs/platform/concepts/tls-ssl-certificates
    /\.aivencloud\.com$/,
    // digitalocean/do-operator#40
    /\.db\.ondigitalocean\.com$/,
    // Its databases are those of Aiven, with an authority of the project.
    /\.database\.cloud\.ovh\.net$/,
    // https://www.scaleway.com/en/docs/managed-databases-for-postgresql-and-mysql/api-cli/verify-ca-postgresql
    /\.rdb\.[a-z-]+\.scw\.cloud$/,
    // https://cloud.ibm.com/docs/databases-for-postgresql?topic=databases-for-postgresql-external-app
    /\.databases\.appdomain\.cloud$/,
    // caCertificate of ConnectionDetails in the API of OCI Database with PostgreSQL
    /\.postgresql\.[a-z0-9-]+\.oc\d+\.oraclecloud\.com$/,
    // https://github.com/DarkWanderer/ClickHouse.Client/wiki/Yandex.Cloud-Managed-instances
    /\.mdb\.yandexcloud\.net$/,
];

/** What a driver verifies. */
interface Verification {
    readonly engine: EngineName;
    /** Whether `keep:extraCa` is set, which `tls` uses. */
    readonly hasExtraCa: boolean;
    readonly parameters: Readonly<Record<string, string>>;
    readonly tls?: { readonly mode: string; readonly ca?: unknown } | undefined;
}

/** Why a driver rejects the certificate of a host by the public authorities alone; undefined if it may accept it. */
export function authorityFault(host: string | undefined, verification: Verification): string | undefined {
    const verified = publiclyVerified(verification);
    const name = host?.toLowerCase().replace(/\.$/, "") ?? "";
    if (host === undefined || verified === "nothing") {
        return undefined;
    }
    if (OWN_AUTHORITY.some((service) => service.test(name))) {
        return "has a certificate of the service's own authority";
    }
    return verified === "name" && isInternal(host) ? UNSIGNED : undefined;
}

/**
 * What a driver verifies with the public authorities. Without the name, the certificate may be a public one for another name.
 */
function publiclyVerified({ engine, hasExtraCa, parameters, tls }: Verification): "authority" | "name" | "nothing" {
    if (tls !== undefined) {
        return tls.mode === "require" || tls.ca !== undefined || hasExtraCa
            ? "nothing"
            : tls.mode === "verify-full"
              ? "name"
              : "authority";
    }
    if (engine === "mysql") {
        // pymysql/connections.py, _create_ssl_ctx
        return parameters.ssl_ca === SYSTEM_BUNDLE
            ? /^(false|0|no|off)$/i.test(parameters.ssl_check_hostname ?? "")
                ? "authority"
                : "name"
            : "nothing";
    }
    const { sslrootcert = "" } = parameters;
    // https://www.postgresql.org/docs/16/libpq-connect.html#LIBPQ-CONNECT-SSLROOTCERT
    const sslmode = parameters.sslmode ?? (sslrootcert === "system" ? "verify-full" : "");
    return sslmode.startsWith("verify-") && ["system", SYSTEM_BUNDLE].includes(sslrootcert)
        ? sslmode === "verify-full"
            ? "name"
            : "authority"
        : "nothing";
}

/** What a user does about such a host in the parts of an address. Only `keep:extraCa` leaves the public authorities for other hosts. */
export function authorityFix(tls: object | undefined): string {
    return tls === undefined
        ? "Set keep:extraCa to its authority, and use keep:database.tls in place of the parameters about TLS"
        : "Set keep:extraCa to its authority, or keep:database.tls.mode to require";
}
