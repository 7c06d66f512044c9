import { accepts } from "../support/refusals";

const external = { kind: "external", engine: "postgres", host: "db.example.com" };
const authority = {
    volumes: [{ name: "ca", configMap: { name: "ca" } }],
    volumeMounts: [{ name: "ca", mountPath: "/etc/db" }],
};

describe("files that the address of a database names", () => {
    accepts({
        "an authority that each tier mounts": {
            database: { ...external, parameters: { sslmode: "verify-full", sslrootcert: "/etc/db/ca.pem" } },
            databasePassword: "p",
            redis: { kind: "bundled" },
            backend: authority,
            worker: { ...authority, volumeMounts: [{ name: "ca", mountPath: "/etc/db/ca.pem", subPath: "ca.pem" }] },
        },
        "an authority in Keep's image, beside other mounts of the API": {
            database: {
                ...external,
                parameters: { sslmode: "verify-full", sslrootcert: "/etc/ssl/certs/ca-certificates.crt" },
            },
            databasePassword: "p",
            redis: { kind: "bundled" },
            backend: authority,
        },
        "an authority that only the API needs": {
            database: { ...external, parameters: { sslmode: "verify-full", sslrootcert: "/etc/db/ca.pem" } },
            databasePassword: "p",
            backend: authority,
        },
    });
});

describe("a socket that the URL of a database names", () => {
    const postgres = { kind: "external", engine: "postgres" };
    const mysql = { kind: "external", engine: "mysql" };
    const namespace = { podSecurity: "baseline" };
    const volumeMounts = [{ name: "sockets", mountPath: "/cloudsql/" }];
    const proxy = { name: "proxy", image: "registry.example.com/proxy:1", restartPolicy: "Always", volumeMounts };
    const tier = { volumes: [{ name: "sockets", emptyDir: {} }], volumeMounts, initContainers: [proxy] };
    accepts({
        "of PostgreSQL in all pods": {
            namespace,
            database: postgres,
            databaseUrl: "postgresql+psycopg2://k:p@localhost/keep?host=/cloudsql/p:r:i",
            redis: { kind: "bundled" },
            backend: tier,
            worker: tier,
            consumer: { enabled: true, ...tier },
        },
        "of MySQL": {
            namespace,
            database: mysql,
            databaseUrl: "mysql+pymysql://k:p@localhost/keep?unix_socket=/cloudsql/p:r:i&charset=utf8mb4",
            backend: tier,
        },
        "in the volume at /tmp": {
            namespace,
            database: postgres,
            databaseUrl: "postgresql+psycopg2://k:p@/keep?host=/tmp",
            backend: { initContainers: [{ ...proxy, volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }] },
        },
        "of the node": {
            namespace: { podSecurity: "privileged" },
            database: mysql,
            databaseUrl: "mysql+pymysql://k:p@/keep?unix_socket=/run/mysqld/mysqld.sock",
            backend: {
                volumes: [{ name: "run", hostPath: { path: "/run/mysqld" } }],
                volumeMounts: [{ name: "run", mountPath: "/run/mysqld" }],
            },
        },
    });
});
