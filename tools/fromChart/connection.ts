import { redactedText } from "../../components/settings/redaction";
import { at, type Change, type ChartValues, list, own, SAME, type SecretReference, text } from "./row";
import { parseSqlalchemyUrl } from "./sqlalchemyUrl";
import { type Variable, valueOf, variable } from "./variables";

/** Database engines by the dialect of an SQLAlchemy URL. */
const ENGINES: Readonly<Record<string, string>> = { postgresql: "postgres", mysql: "mysql", mssql: "sqlserver" };

/** The engine by the scheme of a URL that SQLAlchemy cannot read, such as `postgres://` or `jdbc:postgresql://`. */
function engineOf(url: string): string | undefined {
    const [, scheme = ""] = /^(?:jdbc:)?([a-z]+)[+:]/.exec(url) ?? [];
    const schemes = { ...ENGINES, mariadb: "mysql", postgres: "postgres", sqlserver: "sqlserver" };
    return own(schemes, scheme) as string | undefined;
}

/** Valid names of databases and users in a stack file (components/database/settings.ts). */
const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;

/**
 * Settings for a database whose address is unknown. The default, an empty SQLite file, would deploy a Keep without its
 * data.
 */
function unreadable(values: ChartValues, engine?: unknown): Change[] {
    return [
        { set: "database.kind", value: "external" },
        ...(engine === undefined
            ? engineChanges(values, "The address of the database is unknown")
            : [{ set: "database.engine", value: engine }]),
    ];
}

/** The settings for DATABASE_CONNECTION_STRING: none for the chart's own server, an external database for any other. */
export function databaseChanges(given: Variable, values: ChartValues): readonly Change[] {
    const { content, from } = given;
    if ("reference" in content) {
        return "secret" in content.reference
            ? urlSecretChanges(content.reference.secret, from, values)
            : [
                  ...unreadable(values),
                  { value: from, because: "keep:database does not read ConfigMaps. Set keep:databaseUrl." },
              ];
    }
    const { url, passwordSecret } = withVariables(content.value, values);
    if (url.startsWith("sqlite")) {
        return [{ set: "database.kind", value: "sqlite" }];
    }
    const engine = own(ENGINES, parseSqlalchemyUrl(url)?.dialect ?? "");
    if (engine === undefined || /\$[({]/.test(url)) {
        const shown = /^(\$|<|\{)[\w${}()<>-]*$/.test(content.value) ? ` (${content.value})` : "";
        return [
            ...unreadable(values, engine ?? engineOf(url)),
            { value: from, because: `It is not a readable SQLAlchemy URL${shown}. Set keep:databaseUrl.` },
        ];
    }
    if (hasServer(values)) {
        return serverChanges(url, from);
    }
    return passwordSecret === undefined
        ? [
              { set: "database.kind", value: "external" },
              { set: "database.engine", value: engine, from },
              { secret: "databaseUrl", value: url, from },
          ]
        : addressChanges(url, passwordSecret, from, engine);
}

/** Settings for a database whose URL is in a Secret. */
export function urlSecretChanges(secret: SecretReference, from: string, values: ChartValues): Change[] {
    return [
        { set: "database.kind", value: "external" },
        { set: "database.urlSecret", value: secret, from },
        ...engineChanges(values, `${from}: the URL is in a Secret`),
    ];
}

/** Names of the database and user on the chart's own server. A user without a password has no counterpart. */
function serverChanges(url: string, from: string): readonly Change[] {
    const { database: name = "", user = "", query = "" } = parseSqlalchemyUrl(url) ?? {};
    const changes: Change[] = [
        ...(PLAIN_NAME.test(name) && name !== "keep" ? [{ set: "database.name", value: name, from }] : []),
        ...(PLAIN_NAME.test(user) && !["root", "postgres", "keep"].includes(user)
            ? [{ set: "database.user", value: user, from }]
            : []),
        ...(query === ""
            ? []
            : [
                  {
                      value: from,
                      because: `${redactedText(query)}: keep:database has no parameters for a server in the cluster.`,
                  },
              ]),
    ];
    return changes.length === 0 ? SAME : changes;
}

/** Settings for a URL whose password is in a Secret. */
function addressChanges(url: string, passwordSecret: SecretReference, from: string, engine: unknown): Change[] {
    const { host, port = "", user, database, query } = parseSqlalchemyUrl(url) ?? {};
    const parameters = Object.fromEntries(new URLSearchParams(query));
    return [
        { set: "database.kind", value: "external" },
        { set: "database.engine", value: engine, from },
        { set: "database.host", value: host, from },
        ...(port === "" ? [] : [{ set: "database.port", value: Number(port), from }]),
        { set: "database.name", value: database, from },
        { set: "database.user", value: user, from },
        { set: "database.passwordSecret", value: passwordSecret, from },
        ...(Object.keys(parameters).length === 0 ? [] : [{ set: "database.parameters", value: parameters, from }]),
    ];
}

/** A URL with expanded $(NAME) variables, and the Secret of its password. */
function withVariables(
    given: string,
    values: ChartValues,
): { readonly url: string; readonly passwordSecret: SecretReference | undefined } {
    const password = /^[^/]*:\/\/[^:/@]*:\$\((\w+)\)@/.exec(given)?.[1];
    const content = password === undefined ? undefined : variable(values, "backend", password)?.content;
    const passwordSecret =
        content !== undefined && "reference" in content && "secret" in content.reference
            ? content.reference.secret
            : undefined;
    const url = given.replaceAll(/\$\((\w+)\)/g, (match, name: string) =>
        passwordSecret !== undefined && name === password ? "secret" : (valueOf(values, "backend", name) ?? match),
    );
    return { url, passwordSecret };
}

/** The variable with the URL of the database; undefined: the chart's default. */
export function connection(values: ChartValues): Variable | undefined {
    return variable(values, "backend", "DATABASE_CONNECTION_STRING");
}

/** The engine of the chart's own server by the scheme of its URL; undefined without a readable URL. */
export function serverEngine(values: ChartValues): string | undefined {
    const given = connection(values);
    return given !== undefined && "value" in given.content && hasServer(values)
        ? engineOf(given.content.value)
        : undefined;
}

/**
 * Whether Keep uses the chart's database server. With the URL of another server, the chart can still deploy its own, so
 * this compares the host with the name of the chart's Service (charts/keep/templates/db-service.yaml).
 */
export function hasServer(values: ChartValues): boolean {
    if (at(values, "database.enabled") === false || hasUrlSecret(values)) {
        return false;
    }
    const given = connection(values);
    if (given === undefined) {
        return true;
    }
    const address = "value" in given.content ? withVariables(given.content.value, values).url : "";
    const host = parseSqlalchemyUrl(address)?.host.split(".")[0];
    return host === `${text(values.nameOverride) ?? "keep"}-database`;
}

/** Whether the URL of the database is in a Secret. */
export function hasUrlSecret(values: ChartValues): boolean {
    return at(values, "backend.databaseConnectionStringFromSecret.enabled") === true;
}

/** Settings and a note for values without the chart's database and without a URL. */
export function noConnectionChanges(values: ChartValues): Change[] {
    const secrets = [
        text(at(values, "backend.envFromSecret")),
        ...list(at(values, "backend.envFromSecrets")).map((entry) => text(own(entry, "name"))),
    ].filter((name) => name !== undefined);
    const hint =
        secrets.length === 0
            ? "Set keep:databaseUrl."
            : `If the Secret ${secrets.join(" or ")} contains it, set keep:database.urlSecret with the key DATABASE_CONNECTION_STRING.`;
    return [
        ...unreadable(values),
        { note: `database.enabled is false, and the values contain no address of a database. ${hint}` },
    ];
}

/** The engine of a database whose URL is unknown, guessed from the port that the chart waits for, or from its type. */
function engineChanges(values: ChartValues, because: string): Change[] {
    const ports: Readonly<Record<string, string>> = { 3306: "mysql", 5432: "postgres" };
    const port = text(at(values, "backend.waitForDatabase.port"));
    const ofPort = own(ports, port ?? "") as string | undefined;
    const type = text(at(values, "database.type")) === "postgres" ? "postgres" : "mysql";
    const engine = ofPort ?? type;
    const source = ofPort === undefined ? "database.type" : "backend.waitForDatabase.port";
    return [
        { set: "database.engine", value: engine },
        {
            note: `${because}, so keep:database.engine ${engine} is a guess from ${source}. Correct it if necessary.`,
        },
    ];
}
