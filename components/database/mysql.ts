import type { Engine } from "./engine";
import { passwordScript } from "./password";

/** MySQL 8.4 (https://hub.docker.com/_/mysql). MariaDB cannot take its place: Keep's migrations fail there. */
export const mysql: Engine = {
    dialect: "mysql",
    image: "mysql",
    user: 999,
    mountPath: "/var/lib/mysql",
    directory: "data",
    mark: "mysql",
    scratch: { run: "/var/run/mysqld", tmp: "/tmp" },
    settings: {
        // The default of 256 KiB is too small to sort rows with JSON columns (error 1038).
        sort_buffer_size: "4M",
    },
    resources: { requests: { cpu: "250m", memory: "768Mi" }, limits: { cpu: "2", memory: "2Gi" } },
    env: ({ database, user, password }) => ({
        MYSQL_DATABASE: database,
        MYSQL_USER: user,
        MYSQL_PASSWORD: password,
        MYSQL_ROOT_PASSWORD: password,
    }),
    command: () => ["sh", "-ec", passwordScript("mysql"), "mysql"],
    args: (settings, datadir) => Object.entries({ datadir, ...settings }).map(([name, value]) => `--${name}=${value}`),
    health: () => ["mysqladmin", "ping", "--silent", "--host=127.0.0.1"],
};
