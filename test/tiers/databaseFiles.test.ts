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
