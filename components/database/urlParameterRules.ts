import { issue, type Issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { foreignFault, nameFault, valueFault } from "./drivers/driver";
import { engines } from "./engines";
import { type DatabaseConfig, type ExternalDatabaseConfig, hasParts } from "./settings";

/** Settings that determine the parameters of a database URL. */
interface Settings {
    readonly database: DatabaseConfig;
}

/**
 * Conditions on `keep:database.parameters` of an address by parts: names and values that the driver accepts, and none that
 * another setting sets.
 */
export const urlParameterRules: readonly Rule<Settings>[] = [
    ({ database }) =>
        isByParts(database) ? Object.keys(database.parameters).map((name) => nameIssue(database, name)) : [],
    ({ database }) =>
        isByParts(database)
            ? Object.entries(database.parameters).map(([name, value]) => valueIssue(database, name, value))
            : [],
];

function isByParts(database: DatabaseConfig): database is ExternalDatabaseConfig {
    return database.kind === "external" && hasParts(database);
}

function nameIssue({ engine, tls }: ExternalDatabaseConfig, name: string): Issue | false {
    const path = ["database", "parameters", name];
    const { decidedParameters, driver } = engines[engine];
    // libpq would read "sslmode " as sslmode.
    if (!/^[A-Za-z_]\w*$/.test(name)) {
        const fault = "is not the name of a parameter. Use letters, digits and underscores";
        return issue(path, foreignFault(driver, name) ?? fault);
    }
    const [setting] =
        Object.entries(decidedParameters).find(
            ([setting, names]) => names.includes(name.toLowerCase()) && (setting !== "tls" || tls !== undefined),
        ) ?? [];
    const reason =
        setting === undefined ? nameFault(driver, name) : `is set by keep:database.${setting}. Remove it here`;
    return reason !== undefined && issue(path, reason);
}

function valueIssue(database: ExternalDatabaseConfig, name: string, value: string): Issue | false {
    const { driver } = engines[database.engine];
    const reason = driver.together?.(name, database.parameters) ?? valueFault(driver, name, value);
    return (
        reason !== undefined &&
        nameIssue(database, name) === false &&
        issue(["database", "parameters", name], reason, { value })
    );
}
