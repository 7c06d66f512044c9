import { at, type Change, type ChartValues, type Reference } from "./row";

/** Dialects by the beginning of an SQLAlchemy URL. */
const ENGINES: Readonly<Record<string, string>> = { postgresql: "postgres", mysql: "mysql", mssql: "sqlserver" };

/** What the chart's DATABASE_CONNECTION_STRING becomes: nothing for its own server, an external database for any other. */
export function databaseChanges(url: string, reference: Reference | undefined, values: ChartValues): Change[] {
    if (reference !== undefined && "secret" in reference) {
        return [{ set: "database", value: { kind: "external", urlSecret: reference.secret } }, engineNote(values)];
    }
    if (url.startsWith("sqlite")) {
        return [{ set: "database", value: { kind: "sqlite" } }];
    }
    if (at(values, "database.enabled") !== false) {
        return [];
    }
    const engine = ENGINES[/^[a-z]+/.exec(url)?.[0] ?? ""];
    return engine === undefined
        ? [{ note: "DATABASE_CONNECTION_STRING: no URL that Keep's image has a driver for; see keep:database." }]
        : [
              { set: "database", value: { kind: "external", engine } },
              { secret: "databaseUrl", value: url },
          ];
}

/** A URL in a Secret does not say what the server speaks; the chart's type is the best guess. */
export function engineNote(values: ChartValues): Change {
    return { set: "database.engine", value: at(values, "database.type") === "mysql" ? "mysql" : "postgres" };
}
