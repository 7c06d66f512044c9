import type { types } from "@pulumi/kubernetes";

import type { Certificates } from "./settings";
import { apiImage } from "../fields/images";
import type { KeepConfig } from "../settings/resolve";
import type { TierConfig } from "../tiers/settings";
import { tlsParameters } from "../database/url";
import { IMAGE_ENV } from "../environment";
import { container } from "../kubernetes/pod";

/** Where the certificates of `keep:extraCa` stand, alone. */
const OWN = "/etc/keep-ca";
/** Where Python finds them together with those that it trusts anyway: its variables name a file that replaces the usual ones. */
const TOGETHER = "/etc/keep-trust";
const BUNDLE = `${TOGETHER}/bundle.pem`;
const FILE = "ca.pem";
/**
 * Where Python looks for modules first: a certifi of ours is there, for clients that go by no variable but ask certifi, such as
 * Elasticsearch's (elastic_transport/_node/_base.py).
 */
const MODULES = `${TOGETHER}/python`;

/** Where the certificates for an external database stand. */
const DATABASE = "/etc/keep-database-ca";
/** Certificates that Keep's image trusts (Alpine's package ca-certificates, which Python's image brings). */
const SYSTEM = "/etc/ssl/certs/ca-certificates.crt";

/** Joins both, and has certifi, which is what Python's HTTP clients trust, name the result. */
const JOIN = [
    "import certifi, pathlib",
    `own = pathlib.Path('${OWN}/${FILE}').read_text()`,
    `pathlib.Path('${BUNDLE}').write_text(certifi.contents() + '\\n' + own)`,
    `pathlib.Path('${MODULES}').mkdir(exist_ok=True)`,
    `pathlib.Path('${MODULES}/certifi.py').write_text("where = lambda: '${BUNDLE}'\\ncontents = lambda: open(where()).read()\\n")`,
].join("; ");

/** What a tier gets beside its own settings. */
type Addition = Pick<TierConfig, "env" | "initContainers" | "volumeMounts" | "volumes">;

/**
 * The configuration with `keep:extraCa` and the certificates of an external database in the tiers that need them: as volumes,
 * mounts and environment of those tiers. Setup takes over what the backend has.
 */
export function withTrust(config: KeepConfig): KeepConfig {
    const { backend, consumer, database, extraCa, frontend, websocket, worker } = config;
    const forPython = [
        ...(extraCa === undefined ? [] : [pythonTrust(config, extraCa)]),
        ...(database.kind === "external" && database.tls?.ca !== undefined
            ? [mounted("database-ca", DATABASE, database.tls.ca)]
            : []),
    ];
    const forNode =
        extraCa === undefined
            ? []
            : [{ ...mounted("extra-ca", OWN, extraCa), env: { NODE_EXTRA_CA_CERTS: `${OWN}/${FILE}` } }];
    return {
        ...config,
        backend: added(backend, forPython),
        worker: added(worker, forPython),
        consumer: added(consumer, forPython),
        frontend: added(frontend, forNode),
        websocket: websocket.kind === "soketi" ? added(websocket, forNode) : websocket,
        database: database.kind === "external" ? withTls(database, extraCa !== undefined) : database,
    };
}

function withTls(
    database: Extract<KeepConfig["database"], { kind: "external" }>,
    hasExtraCa: boolean,
): KeepConfig["database"] {
    const { engine, parameters, tls } = database;
    if (tls === undefined) {
        return database;
    }
    const ca = tls.ca === undefined ? (hasExtraCa ? BUNDLE : SYSTEM) : `${DATABASE}/${FILE}`;
    return { ...database, parameters: { ...tlsParameters(engine, tls.mode, ca), ...parameters } };
}

function added<T extends Addition>(tier: T, additions: readonly Addition[]): T {
    return {
        ...tier,
        env: Object.assign({}, ...additions.map(({ env }) => env), tier.env) as T["env"],
        initContainers: [...additions.flatMap(({ initContainers }) => initContainers), ...tier.initContainers],
        volumeMounts: [...additions.flatMap(({ volumeMounts }) => volumeMounts), ...tier.volumeMounts],
        volumes: [...additions.flatMap(({ volumes }) => volumes), ...tier.volumes],
    };
}

function mounted(name: string, path: string, certificates: Certificates): Addition {
    return {
        env: {},
        initContainers: [],
        volumeMounts: [{ name, mountPath: path, readOnly: true }],
        volumes: [volumeOf(name, certificates)],
    };
}

function volumeOf(name: string, { secret, configMap }: Certificates): types.input.core.v1.Volume {
    const items = [{ key: (secret ?? configMap)?.key ?? "", path: FILE }];
    return secret === undefined
        ? { name, configMap: { name: configMap?.name, items } }
        : { name, secret: { secretName: secret.name, items } };
}

function pythonTrust(config: KeepConfig, certificates: Certificates): Addition {
    const own = mounted("extra-ca", OWN, certificates);
    const together = { name: "trust", mountPath: TOGETHER };
    return {
        env: {
            REQUESTS_CA_BUNDLE: BUNDLE,
            SSL_CERT_FILE: BUNDLE,
            GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: BUNDLE,
            PYTHONPATH: MODULES,
        },
        initContainers: [
            container({
                name: "trust",
                image: apiImage(config),
                pullPolicy: config.images.pullPolicy,
                command: ["python", "-c", JOIN],
                env: IMAGE_ENV,
                resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "128Mi" } },
                mounts: [...own.volumeMounts, together],
            }),
        ],
        volumeMounts: [...own.volumeMounts, { ...together, readOnly: true }],
        volumes: [...own.volumes, { name: "trust", emptyDir: { sizeLimit: "4Mi" } }],
    };
}
