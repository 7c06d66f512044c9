import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AUTHORITY, EXPIRED_AUTHORITY } from "../support/certificate";
import { deployKeep, type Written } from "../support/config";
import { isInstalled } from "../support/programs";

const extraCa = { configMap: { name: "authority", key: "root.pem" } };
const BUNDLE = "/etc/keep-trust/bundle.pem";

async function podsOf(written: Written) {
    const { all } = await deployKeep({ database: { kind: "postgres" }, redis: { kind: "bundled" }, ...written });
    const pods = [...all("Deployment"), ...all("Job")].map(
        ({ physicalName, inputs }) => [physicalName ?? "", inputs.spec.template.spec] as const,
    );
    return Object.fromEntries(pods);
}

type Pod = Awaited<ReturnType<typeof podsOf>>[string];

function valueOf(pod: Pod | undefined, name: string): string | undefined {
    return pod?.containers[0]?.env.find((variable) => variable.name === name)?.value;
}

function mountsOf(pod: Pod | undefined, container = pod?.containers[0]): string[] {
    return (container?.volumeMounts ?? []).map(({ mountPath, readOnly }) => `${mountPath}${readOnly ? " ro" : ""}`);
}

describe("keep:extraCa", () => {
    it("joins Keep's processes' usual authorities with the extra ones before they start", async () => {
        const pods = await podsOf({ extraCa });
        for (const name of ["keep-backend", "keep-worker", "keep-setup"]) {
            const pod = pods[name];
            for (const variable of [
                "REQUESTS_CA_BUNDLE",
                "SSL_CERT_FILE",
                "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
                "PUSHER_ROOT_CA",
            ]) {
                assert.equal(valueOf(pod, variable), BUNDLE, `${name} ${variable}`);
            }
            const own = name === "keep-setup" ? ["/etc/keep/apply ro"] : [];
            assert.deepEqual(mountsOf(pod), ["/tmp", ...own, "/etc/keep-ca ro", "/etc/keep-trust ro"]);
            const [trust] = pod?.initContainers ?? [];
            assert.deepEqual(mountsOf(pod, trust), ["/etc/keep-ca ro", "/etc/keep-trust"]);
            assert.deepEqual(trust?.command.slice(3, 5), ["/etc/keep-ca/ca.pem", "/etc/keep-trust"]);
            // Elasticsearch's client asks certifi, and reads no variable.
            assert.equal(valueOf(pod, "PYTHONPATH"), "/etc/keep-trust/python");
            assert.deepEqual(pod?.volumes.find(({ name }) => name === "extra-ca")?.configMap, {
                name: "authority",
                items: [{ key: "root.pem", path: "ca.pem" }],
            });
        }
    });

    it("writes the usual certificates and the extra ones to the bundle, which certifi then returns", async () => {
        if (!isInstalled(["python3"], "the bundle of certificates")) return;
        const [python = "", ...args] = (await podsOf({ extraCa }))["keep-backend"]?.initContainers[0]?.command ?? [];
        const directory = mkdtempSync(join(tmpdir(), "keep-trust-"));
        try {
            writeFileSync(join(directory, "certifi.py"), 'contents = lambda: "usual"');
            writeFileSync(join(directory, "ca.pem"), "extra");
            const run = (modules: string, ...more: string[]) =>
                execFileSync(`${python}3`, ["-S", ...more], {
                    env: { ...process.env, PYTHONPATH: modules },
                    encoding: "utf8",
                });
            run(directory, ...args.slice(0, 2), join(directory, "ca.pem"), directory, args[4] ?? "");
            const printed = run(
                join(directory, "python"),
                "-c",
                "import certifi; print(certifi.where(), certifi.contents())",
            );

            assert.equal(printed, `${directory}/bundle.pem usual\nextra\n`);
        } finally {
            rmSync(directory, { recursive: true });
        }
    });

    it("runs before setup where that is in the backend's pod", async () => {
        const pods = await podsOf({ extraCa, database: { kind: "sqlite" }, redis: { kind: "none" } });
        assert.deepEqual(
            pods["keep-backend"]?.initContainers.map(({ name }) => name),
            ["trust", "setup"],
        );
    });

    it("is added by Node itself in the user interface and in Soketi", async () => {
        const pods = await podsOf({ extraCa: { secret: { name: "authority", key: "root.pem" } } });
        for (const name of ["keep-frontend", "keep-websocket"]) {
            assert.equal(valueOf(pods[name], "NODE_EXTRA_CA_CERTS"), "/etc/keep-ca/ca.pem");
            assert.ok(mountsOf(pods[name]).includes("/etc/keep-ca ro"));
            assert.equal(
                pods[name]?.volumes.find((volume) => volume.name === "extra-ca")?.secret.secretName,
                "authority",
            );
        }
    });

    it("is a ConfigMap of the stack where the certificates are given as text, with which pods start anew", async () => {
        const pem = AUTHORITY;
        const passwordSecret = { name: "db", key: "password" };
        const database = { kind: "external", engine: "postgres", host: "db.example.com", passwordSecret };
        const certificatesOf = async (text: string) => {
            const tls = { ca: { pem } };
            const { all, one } = await deployKeep({ extraCa: { pem: text }, database: { ...database, tls } });
            const { volumes } = one("Deployment", "keep-backend").inputs.spec.template.spec;
            return ["extra-ca", "database-ca"].map((volume) => {
                const name = volumes.find((candidate) => candidate.name === volume)?.configMap.name ?? "";
                const map = all("ConfigMap").find(({ physicalName }) => physicalName === name);
                return { name, text: map?.inputs.data["ca.pem"] };
            });
        };

        const first = await certificatesOf(pem);
        const later = await certificatesOf(`${pem}${pem}`);

        assert.deepEqual(
            [first, later].map((both) => both.map(({ text }) => text)),
            [
                [pem, pem],
                [`${pem}${pem}`, pem],
            ],
        );
        assert.notEqual(later[0]?.name, first[0]?.name);
        assert.equal(later[1]?.name, first[1]?.name);
    });

    it("is taken with a warning where it has expired, by the number of the certificate", async () => {
        const { warnings } = await deployKeep({ extraCa: { pem: `${AUTHORITY}${EXPIRED_AUTHORITY}` } });

        assert.deepEqual(warnings, [
            "keep:extraCa.pem: certificate 2 is valid from 1999-01-01T00:00:00.000Z to 2000-01-01T00:00:00.000Z only. Replace it",
        ]);
    });

    it("leaves the pods as they are when it is not given", async () => {
        const pods = await podsOf({});
        assert.deepEqual(mountsOf(pods["keep-backend"]), ["/tmp"]);
        assert.equal(valueOf(pods["keep-backend"], "SSL_CERT_FILE"), undefined);
    });
});

describe("TLS to an external database", () => {
    const passwordSecret = { name: "db", key: "password" };
    const urlOf = async (engine: string, tls: object, more: Written = {}) => {
        const database = { kind: "external", engine, host: "db.example.com", passwordSecret, tls };
        const pod = (await podsOf({ ...more, database }))["keep-worker"];
        const [, query] = (valueOf(pod, "DATABASE_CONNECTION_STRING") ?? "").split("?");
        return [Object.fromEntries(new URLSearchParams(query)), mountsOf(pod)] as const;
    };
    const ca = { secret: { name: "db", key: "ca.crt" } };
    const OWN = "/etc/keep-database-ca/ca.pem";
    const SYSTEM = "/etc/ssl/certs/ca-certificates.crt";

    it("verifies certificate and host name by an authority of its own, in the driver's words", async () => {
        const mounts = ["/tmp", "/etc/keep-database-ca ro"];
        assert.deepEqual(await urlOf("postgres", { ca }), [{ sslmode: "verify-full", sslrootcert: OWN }, mounts]);
        assert.deepEqual(await urlOf("mysql", { ca }), [{ ssl_ca: OWN, ssl_check_hostname: "true" }, mounts]);
    });

    it("goes by keep:extraCa, or by the image's authorities, when it has none of its own", async () => {
        const [own] = await urlOf("postgres", { mode: "verify-ca" }, { extraCa });
        assert.deepEqual(own, { sslmode: "verify-ca", sslrootcert: BUNDLE });
        const [usual] = await urlOf("mysql", { mode: "verify-ca" });
        assert.deepEqual(usual, { ssl_ca: SYSTEM, ssl_check_hostname: "false" });
    });

    it("is ODBC's to verify with SQL Server, by the system's authorities", async () => {
        const more = { backend: { image: "registry.example.com/keep-api:mssql" } };
        const driver = "ODBC Driver 18 for SQL Server";

        const [verified] = await urlOf("sqlserver", { mode: "verify-full" }, more);
        assert.deepEqual(verified, { driver, Encrypt: "yes", TrustServerCertificate: "no" });
        const [encrypted] = await urlOf("sqlserver", { mode: "require" }, more);
        assert.deepEqual(encrypted, { driver, Encrypt: "yes", TrustServerCertificate: "yes" });
    });

    it("only encrypts when that is what is asked for", async () => {
        assert.deepEqual((await urlOf("postgres", { mode: "require" }))[0], { sslmode: "require" });
        assert.deepEqual((await urlOf("mysql", { mode: "require" }))[0], { ssl_check_hostname: "false" });
    });
});

describe("keep:proxy", () => {
    it("is told to the tiers that call out, in both cases, and spares what is near", async () => {
        const pods = await podsOf({
            proxy: { https: "http://proxy:3128", noProxy: [".corp", "10.0.0.0/8", "[2001:db8::10]"] },
            // OpenAI's client does not find an address in a range.
            openai: { baseUrl: "http://10.20.30.40:8000/v1" },
            openaiApiKey: "masked",
            elasticsearch: { hosts: ["http://192.0.2.7:9200"] },
        });
        for (const name of ["keep-backend", "keep-worker", "keep-setup", "keep-frontend"]) {
            const pod = pods[name];
            assert.deepEqual(
                ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"].map((variable) => valueOf(pod, variable)),
                ["http://proxy:3128", "http://proxy:3128", undefined],
            );
            const spared = (valueOf(pod, "NO_PROXY") ?? "").split(",");
            const near = [
                "localhost",
                "127.0.0.1",
                ".svc",
                "keep-websocket",
                "keep-backend",
                "$(KUBERNETES_SERVICE_HOST)",
            ];
            assert.deepEqual(
                near.filter((host) => !spared.includes(host)),
                [],
            );
            assert.deepEqual(spared.slice(-4), [".corp", "10.0.0.0/8", "2001:db8::10", "10.20.30.40"]);
            assert.equal(valueOf(pod, "no_proxy"), spared.join(","));
        }
        assert.equal(valueOf(pods["keep-websocket"], "HTTPS_PROXY"), undefined);
    });

    it("gives way to a variable of a tier, in both cases", async () => {
        const pods = await podsOf({
            proxy: { https: "http://proxy:3128" },
            backend: { env: { HTTPS_PROXY: "http://own:3128" } },
        });

        assert.equal(valueOf(pods["keep-backend"], "HTTPS_PROXY"), "http://own:3128");
        assert.equal(valueOf(pods["keep-backend"], "https_proxy"), undefined);
        assert.equal(valueOf(pods["keep-frontend"], "https_proxy"), "http://proxy:3128");
    });
});
