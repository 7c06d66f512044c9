// URLs as people write them, for keep:databaseUrl. SQLAlchemy accepts them all.

/** URLs of PostgreSQL, each with its user, password, host and parameters. */
export const POSTGRES_URLS = [
    ["postgresql+psycopg2://me:a/b@db/keep", "me", "a/b", "db", {}],
    ["postgresql://me:100%@db/keep", "me", "100%", "db", {}],
    [
        "postgresql://me@corp:p@db/keep?options=-c+statement_timeout%3D5",
        "me@corp",
        "p",
        "db",
        { options: "-c statement_timeout=5" },
    ],
    ["postgresql://me@db/keep?options=-csearch_path=keep", "me", "", "db", { options: "-csearch_path=keep" }],
    [
        "postgresql://me@db/keep?connect_timeout=&options=project=ep-x&sslcert",
        "me",
        "",
        "db",
        { options: "project=ep-x" },
    ],
    ["postgresql://me@db/keep?connect_timeout=", "me", "", "db", {}],
    ["postgresql://me@db/keep", "me", "", "db", {}],
    ["postgresql://[2001:db8::10]:5433/keep", "", "", "2001:db8::10", {}],
] as const;

/** URLs of MySQL, each with the options of its clients. */
export const MYSQL_URLS = [
    ["mysql+pymysql://root@db:3307/keep", { host: "db", port: "3307", user: "root", password: "" }],
    ["mysql+pymysql://me:p/w@[2001:db8::10]/keep", { host: "2001:db8::10", port: "3306", user: "me", password: "p/w" }],
    [
        "mysql+pymysql://me:p@db/keep?ssl_ca=%2Fetc%2Fca.pem&ssl_check_hostname=true",
        {
            host: "db",
            port: "3306",
            user: "me",
            password: "p",
            "ssl-ca": "/etc/ca.pem",
            "ssl-mode": "VERIFY_IDENTITY",
        },
    ],
    ...["False", "0", "%20no", "oFF"].map(
        (no) =>
            [
                `mysql+pymysql://me:p@db/keep?ssl_ca=/etc/ca.pem&ssl_check_hostname=${no}`,
                {
                    host: "db",
                    port: "3306",
                    user: "me",
                    password: "p",
                    "ssl-ca": "/etc/ca.pem",
                    "ssl-mode": "VERIFY_CA",
                },
            ] as const,
    ),
    [
        "mysql+pymysql://me:p@db/keep?ssl_check_hostname=false",
        { host: "db", port: "3306", user: "me", password: "p", "ssl-mode": "REQUIRED" },
    ],
] as const;
