import { at, type Change, type ChartValues, isRecord, list, type Reference, text } from "./row";

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
    if (hasServer(values)) {
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

/** The entry of backend.env that says where the database is; undefined when the chart's default holds. */
export function connectionEntry(values: ChartValues): Readonly<Record<string, unknown>> | undefined {
    return list(at(values, "backend.env"))
        .filter(isRecord)
        .find(({ name }) => name === "DATABASE_CONNECTION_STRING");
}

/**
 * Whether Keep uses a server that the chart runs for these values. The chart may run one all the same when an address names
 * another; its own is called after the chart (charts/keep/templates/db-service.yaml).
 */
export function hasServer(values: ChartValues): boolean {
    if (
        at(values, "database.enabled") === false ||
        at(values, "backend.databaseConnectionStringFromSecret.enabled") === true
    ) {
        return false;
    }
    const given = connectionEntry(values);
    const address = text(given?.value) ?? "";
    const host = URL.canParse(address) ? new URL(address).hostname.split(".")[0] : undefined;
    return given === undefined || host === `${text(values.nameOverride) ?? "keep"}-database`;
}

/** A URL in a Secret does not say what the server speaks; the chart's type is the best guess. */
export function engineNote(values: ChartValues): Change {
    return { set: "database.engine", value: at(values, "database.type") === "mysql" ? "mysql" : "postgres" };
}
