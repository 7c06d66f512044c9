import type { Driver } from "./driver";

/**
 * pyodbc, with the parameters that SQLAlchemy reads itself (lib/sqlalchemy/connectors/pyodbc.py). It passes others to the ODBC
 * driver, which ignores case (https://learn.microsoft.com/sql/connect/odbc/dsn-connection-string-attribute).
 */
export const pyodbc: Driver = {
    title: "pyodbc",
    hasOthers: true,
    files: [],
    parameters: {
        ansi: "boolean",
        // The methods that sign in with a user and a password.
        authentication: ["SqlPassword", "ActiveDirectoryPassword", "ActiveDirectoryServicePrincipal"],
        autocommit: { reason: "Keep needs transactions" },
        driver: "text",
        odbc_autotranslate: "text",
        TrustServerCertificate: "text",
        unicode_results: "boolean",
    },
};
