import { redactedText } from "../../components/settings/redaction";
import { databaseUrl, hasUrlSecret, namesOfEnvFrom } from "./databaseUrl";
import { at, type Change, type ChartValues, own, SAME, type SecretReference, text } from "./row";
import { parseSqlalchemyUrl } from "./sqlalchemyUrl";
import type { Variable } from "./variables";

/** Dialects of SQLAlchemy with a driver in Keep's image, or one that the program installs. */
const DIALECTS = ["postgresql", "mysql", "mssql"];

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
    if (hasUrlSecret(values)) {
        return [
            {
                value: from,
                because: "backend.databaseConnectionStringFromSecret sets the variable, and takes precedence.",
            },
        ];
    }
    if ("reference" in content) {
        return "secret" in content.reference
            ? urlSecretChanges(content.reference.secret, from, values)
            : [
                  ...unreadable(values),
                  { value: from, because: "keep:database does not read ConfigMaps. Set keep:databaseUrl." },
              ];
    }
    const { url = "", engine, passwordSecret, hasServer } = databaseUrl(values);
    if (url.startsWith("sqlite")) {
        return [{ set: "database.kind", value: "sqlite" }];
    }
    if (hasServer) {
        return serverChanges(url, from);
    }
    if (!DIALECTS.includes(parseSqlalchemyUrl(url)?.dialect ?? "") || /\$[({]/.test(url)) {
        const shown = /^(\$|<|\{)[\w${}()<>-]*$/.test(content.value) ? ` (${content.value})` : "";
        return [
            ...unreadable(values, engine),
            { value: from, because: `It is not a readable SQLAlchemy URL${shown}. Set keep:databaseUrl.` },
        ];
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

/** Settings and a note for values without the chart's database and without a URL. */
export function noConnectionChanges(values: ChartValues): Change[] {
    const secrets = namesOfEnvFrom(values, "Secret");
    const hint =
        secrets.length === 0
            ? "Set keep:databaseUrl."
            : `If the Secret ${secrets.join(" or ")} contains it, set keep:database.urlSecret with the key DATABASE_CONNECTION_STRING.`;
    return [...unreadable(values), { note: `The values contain no address of the database. ${hint}` }];
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
