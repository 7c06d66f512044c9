import { hostFault, splitPort } from "../fields/host";
import { issue, type Issue } from "../fields/issue";
import { managedHostFault } from "../fields/managedHost";
import { type Driver, filesOf, foreignFault, nameFault, valueFault } from "./drivers/driver";
import { psycopg } from "./drivers/psycopg";
import { type EngineName, engineNames, engines, isEngineName } from "./engines";
import { isPlainInPymysql, MANAGED_DATABASES } from "./managedHosts";

/** Dialects of SQLAlchemy with the drivers in Keep's image, and those that an own image can add for SQL Server. */
const SCHEMES: Readonly<Record<EngineName, RegExp>> = {
    postgres: /^postgresql(\+psycopg2|\+psycopg)?:\/\//,
    mysql: /^mysql\+(pymysql|mysqlconnector):\/\//,
    sqlserver: /^mssql\+\w+:\/\//,
};

/** How SQLAlchemy splits a URL (lib/sqlalchemy/engine/url.py, _parse_url). */
const PARTS =
    /^[\w+]+:\/\/((?<user>[^:/]*)(:[^@]*)?@)?((?<brackets>\[[^/?]+\])|(?<host>[^/:?]+))?(:(?<port>[^/?]*))?(\/(?<name>[^?]*))?(\?(?<query>.*))?$/;

/** Parameters that drivers use instead of the host in the URL. */
const HOST_PARAMETERS = ["host", "hostaddr", "service", "unix_socket", "odbc_connect", "read_default_file"];
const NAME_PARAMETERS = ["dbname", "database", "db", "service", "odbc_connect", "read_default_file"];
const PLACE_PARAMETERS = [...HOST_PARAMETERS, ...NAME_PARAMETERS, "options", "port"];

/** How libpq reads several hosts from a URL of SQLAlchemy (lib/sqlalchemy/dialects/postgresql/psycopg2.py). */
const SEVERAL_HOSTS = "Write each as a parameter, such as postgresql+psycopg2://keep:…@/keep?host=a:5432&host=b:5432";

const ENCODE = "In the user name and password, encode the characters : / ? # @ [ ] and % as in %40";

/** The message for a database URL that Keep cannot use, which contains no part of it; undefined if it can. */
export function urlFault(value: string): string | undefined {
    if (value.startsWith("mariadb")) {
        return "points at MariaDB, where Keep's migrations fail. Use MySQL 8.0 or later, or PostgreSQL";
    }
    if (/\s/.test(value) || !Object.values(SCHEMES).some((scheme) => scheme.test(value))) {
        return "is not an SQLAlchemy URL that Keep's image has a driver for. Begin it with postgresql+psycopg2:// or mysql+pymysql://";
    }
    const parts = PARTS.exec(value)?.groups;
    if (parts === undefined) {
        return `cannot be split into user, password, host, port and database. ${ENCODE}`;
    }
    const { brackets, host = brackets, name = "", port, query = "", user } = parts;
    const given = new URLSearchParams(query);
    const parameters = [...given.keys()];
    const has = (names: readonly string[]) => parameters.some((parameter) => names.includes(parameter));
    // SQLAlchemy reads all between the first and the last bracket as one address.
    if (/^\d+(,[\w.-]+:\d+)+$/.test(port ?? "") || brackets?.includes(",") === true) {
        return `has several hosts with ports or in brackets. ${SCHEMES.postgres.test(value) ? SEVERAL_HOSTS : "Write one of them"}`;
    }
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
        return `has a port that is not a number from 1 to 65535. Correct it. ${ENCODE}`;
    }
    if (host === undefined && !has(HOST_PARAMETERS)) {
        return "has no host. Write it after the user and password, as in @db.example.com:5432/keep";
    }
    // libpq tries several hosts in turn.
    if (host?.split(",").some((one) => hostFault(one, "") !== undefined) === true) {
        return `has a host that is neither a name nor an address. Correct it. ${ENCODE}`;
    }
    const ofHost = managedHostFault(MANAGED_DATABASES, {
        engine: engineOfUrl(value),
        host,
        isDefaultPort: port === undefined || Object.values(engines).some((engine) => String(engine.port) === port),
        isPlain: value.startsWith(`${engines.mysql.scheme}:`) && isPlainInPymysql(parameters),
        options: given.get("options") ?? undefined,
        port: port === undefined ? undefined : Number(port),
        user: user === undefined ? undefined : decoded(user),
    });
    if (ofHost !== undefined) {
        return `has a host that ${ofHost}`;
    }
    return name === "" && !has(NAME_PARAMETERS)
        ? "has no name of a database. Write it after the host and port, as in /keep"
        : queryFault(value, query);
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function engineOfUrl(url: string): EngineName {
    return engineNames.find((name) => SCHEMES[name].test(url)) ?? "postgres";
}

function driverOf(url: string): Driver | undefined {
    if (url.startsWith("postgresql+psycopg:")) {
        return psycopg;
    }
    const plain = url.replace(/^postgresql:/, `${engines.postgres.scheme}:`);
    return Object.values(engines).find(({ scheme }) => plain.startsWith(`${scheme}:`))?.driver;
}

/** Drivers that only an own image has also have parameters of their own. */
function queryFault(value: string, query: string): string | undefined {
    const driver = driverOf(value);
    if (driver === undefined) {
        return undefined;
    }
    const parameters = new URLSearchParams(query);
    for (const [name, text] of parameters) {
        const ofName = nameFault(driver, name);
        if (ofName !== undefined) {
            // Another name can be part of a password.
            return `sets ${Object.hasOwn(driver.parameters, name) || foreignFault(driver, name) !== undefined ? `${name}, which` : "a parameter that"} ${ofName}`;
        }
        const ofOthers = driver.together?.(name, Object.fromEntries(parameters));
        if (ofOthers !== undefined) {
            return `sets ${name}, which ${ofOthers}`;
        }
        const ofValue = valueFault(driver, name, text);
        if (ofValue !== undefined) {
            return `sets ${name} to a value that ${ofValue}`;
        }
    }
    return undefined;
}

/**
 * The issue of `keep:databaseUrl` whose dialect is not that of `keep:database.engine`.
 * @param url the secret, which is not known if it is an Output
 * @param database `keep:database` as it is written, valid or not
 */
export function engineIssues(url: unknown, database: unknown): Issue[] {
    const engine = (database as { readonly engine?: unknown } | undefined | null)?.engine;
    const isOther =
        typeof url === "string" &&
        urlFault(url) === undefined &&
        typeof engine === "string" &&
        isEngineName(engine) &&
        !SCHEMES[engine].test(url);
    return isOther
        ? [issue("databaseUrl", `is not a URL of keep:database.engine, which is ${engine}. Correct one of them`)]
        : [];
}

/**
 * What identifies the tables of a valid database URL: host, port and name, and what selects a schema of PostgreSQL, the user
 * (`search_path` is `"$user", public`) and `options`. Empty for a socket in the pod, behind which a proxy may be.
 */
export function placeOf(url: string): string[] {
    const { brackets = "", host = brackets, name = "", port, query = "", user = "" } = PARTS.exec(url)?.groups ?? {};
    const engine = engineOfUrl(url);
    const parameters = [...new URLSearchParams(query)].filter(([key]) => PLACE_PARAMETERS.includes(key));
    return parameters.some(([key, value]) => key === "unix_socket" || value.startsWith("/"))
        ? []
        : [
              host,
              port ?? String(engines[engine].port),
              name,
              decoded(user),
              ...parameters.map((pair) => pair.join("=")),
          ];
}

/** The parameters of a database URL, valid or not. */
export function parametersOfUrl(url: string): Readonly<Record<string, string>> {
    return Object.fromEntries(new URLSearchParams(PARTS.exec(url)?.groups?.query));
}

/** The hosts of a database URL, valid or not, and the paths of sockets that replace them. Parameters replace the host before them. */
export function hostsOf(url: string): string[] {
    const [, host = "", query = ""] = /^[^:]+:\/\/(?:.*@)?(\[[^\]]*\]|[^:/?]*)[^?]*(\?.*)?$/s.exec(url) ?? [];
    const parameters = new URLSearchParams(query);
    const [given = [host]] = ["unix_socket", "host"]
        .map((name) => parameters.getAll(name).filter((value) => value !== ""))
        .filter((values) => values.length > 0);
    return given.flatMap((hosts) => hosts.split(",")).map((one) => (one.startsWith("/") ? one : splitPort(one).host));
}

/** The paths of sockets at which a database URL, valid or not, connects. */
export function socketsOf(url: string): string[] {
    return hostsOf(url).filter((host) => host.startsWith("/"));
}

/** The files that a database URL names, valid or not, by parameter. */
export function filesOfUrl(url: string): Readonly<Record<string, string>> {
    const driver = driverOf(url);
    return driver === undefined ? {} : filesOf(driver, parametersOfUrl(url));
}
