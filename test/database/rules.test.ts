import { accepts, refuses } from "../support/refusals";

const external = { kind: "external", engine: "postgres", host: "db.example.com" };
const databasePassword = "p";

describe("what another setting of the database decides", () => {
    refuses({
        "a TLS mode given twice": [
            { database: { ...external, tls: {}, parameters: { sslmode: "disable" } }, databasePassword },
            "keep:database.parameters.sslmode is decided by keep:database.tls. Remove it here.",
        ],
        "TLS of SQL Server given twice, in another case": [
            {
                database: { ...external, engine: "sqlserver", tls: {}, parameters: { encrypt: "no" } },
                backend: { image: "registry.example.com/keep-api:mssql" },
                databasePassword,
            },
            "keep:database.parameters.encrypt is decided by keep:database.tls. Remove it here.",
        ],
        "another host in the parameters": [
            { database: { ...external, engine: "mysql", parameters: { unix_socket: "/tmp/s" } }, databasePassword },
            "keep:database.parameters.unix_socket is decided by keep:database.host. Remove it here.",
        ],
        "parameters and a port beside a whole URL": [
            {
                database: { ...external, host: undefined, port: 1, parameters: { a: "b" } },
                databaseUrl: "postgresql+psycopg2://keep:p@db/keep",
            },
            "keep:database.port is given, but the address is a whole URL. Write the port into the URL, or use keep:database.host.",
            "keep:database.parameters is given, but the address is a whole URL. Write them into the URL, or use keep:database.host.",
        ],
        "parameters of a server that the program decides": [
            { database: { kind: "mysql", settings: { "skip-grant-tables": true, loose_datadir: "/tmp", port: 1 } } },
            "keep:database.settings.skip-grant-tables is decided by the program. Remove it.",
            "keep:database.settings.loose_datadir is decided by the program. Remove it.",
            "keep:database.settings.port is decided by the program. Remove it.",
        ],
        "a parameter with a blank, a reference, a line end": [
            { database: { kind: "postgres", settings: { "a b": 1, work_mem: "$(HOME)", search_path: "a\nb" } } },
            "keep:database.settings.a b is not the name of a parameter. Use letters, digits, underscores, dashes and dots.",
            'keep:database.settings.work_mem ("$(HOME)") contains $( or a control character. Write the value itself.',
            'keep:database.settings.search_path ("a\\nb") contains $( or a control character. Write the value itself.',
        ],
        "parameters of a server that takes none": [
            {
                database: { kind: "sqlserver", acceptEula: true, settings: { max_connections: 5 } },
                backend: { image: "registry.example.com/keep-api:mssql" },
            },
            "keep:database.settings is given, but SQL Server takes no parameters at its start. Remove it.",
        ],
    });
    accepts({
        "a TLS mode in the parameters, without tls": {
            database: { ...external, parameters: { sslmode: "require" } },
            databasePassword,
        },
        "parameters of a server": { database: { kind: "postgres", settings: { "pg_stat_statements.max": 5 } } },
    });
});

describe("names that a database server reserves", () => {
    const reserved: Readonly<Record<string, Readonly<Record<"name" | "user", readonly string[]>>>> = {
        postgres: { name: ["template0", "Template1"], user: ["pg_keep", "none", "PUBLIC"] },
        mysql: { name: ["mysql", "sys", "information_schema"], user: ["root", "ROOT"] },
    };
    for (const [kind, fields] of Object.entries(reserved)) {
        refuses(
            Object.fromEntries(
                Object.entries(fields).flatMap(([field, names]) =>
                    names.map((name) => [
                        `${name} as ${field} of ${kind}`,
                        [
                            { database: { kind, [field]: name } },
                            `keep:database.${field} ("${name}") is a ${field === "name" ? "database" : "user"} name that the server reserves. Choose another, such as keep.`,
                        ] as const,
                    ]),
                ),
            ),
        );
    }
    refuses({
        "a user of MySQL with 33 characters": [
            { database: { kind: "mysql", user: "u".repeat(33) } },
            `keep:database.user ("${"u".repeat(33)}") is longer than the 32 characters of a user name. Shorten it.`,
        ],
    });
    accepts({ "a user of MySQL with 32 characters": { database: { kind: "mysql", user: "u".repeat(32) } } });
});

describe("the host of a database", () => {
    refuses({
        "a host with its port": [
            { database: { ...external, host: "db:5432" }, databasePassword },
            'keep:database.host ("db:5432") contains a port. Set host to db and port to 5432.',
        ],
        "several hosts, with the setting that takes them": [
            { database: { ...external, host: "a,b" }, databasePassword },
            'keep:database.host ("a,b") is a list of hosts. Put the whole URL into keep:databaseUrl, such as postgresql+psycopg2://keep:…@/keep?host=a:5432&host=b:5432.',
        ],
    });
});

describe("parts of a database's address in Secrets", () => {
    const part = { name: "db", key: "k" };
    refuses({
        "a host twice, and a port twice": [
            { database: { ...external, hostSecret: part, port: 1, portSecret: part, passwordSecret: part } },
            "keep:database.hostSecret is given beside keep:database.host. Keep one of them.",
            "keep:database.portSecret is given beside keep:database.port. Keep one of them.",
        ],
        "a user in a Secret, and the password in the stack": [
            { database: { ...external, userSecret: part }, databasePassword },
            "keep:database.userSecret needs the password in a Secret too. Set keep:database.passwordSecret.",
        ],
        "a user beside a whole URL": [
            { database: { kind: "external", engine: "mysql", urlSecret: part, userSecret: part } },
            "keep:database.userSecret is given, but the address is a whole URL. Remove it, or use keep:database.host or hostSecret.",
        ],
    });
    accepts({ "a user and a password": { database: { ...external, userSecret: part, passwordSecret: part } } });
});
