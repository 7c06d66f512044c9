import type { Engine } from "./engine";

const QUERY = '/opt/mssql-tools18/bin/sqlcmd -C -b -l 30 -S "${HOST:-127.0.0.1}" -U sa -P "$MSSQL_SA_PASSWORD"';

/** SQL Server (https://hub.docker.com/r/microsoft/mssql-server). Keep's published image cannot use it: config refuses that pair. */
export const sqlserver: Engine = {
    dialect: "sqlserver",
    image: "sqlserver",
    user: 10001,
    mountPath: "/var/opt/mssql",
    directory: "data",
    mark: "master.mdf",
    scratch: { tmp: "/tmp" },
    settings: {},
    resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    env: ({ password }) => ({ ACCEPT_EULA: "Y", MSSQL_PID: "Express", MSSQL_SA_PASSWORD: password, HOME: "/tmp" }),
    args: () => [],
    health: () => ["/bin/sh", "-c", `${QUERY} -Q "SELECT 1"`],
    makeDatabase: ({ name }) => [
        "/bin/sh",
        "-c",
        `${QUERY} -Q "IF DB_ID('${name}') IS NULL CREATE DATABASE [${name}]"`,
    ],
};
