import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { types } from "@pulumi/kubernetes";

import type { Certificates } from "./settings";
import { apiImage } from "../fields/images";
import type { KeepConfig } from "../settings/resolve";
import type { TierConfig } from "../tiers/settings";
import { engines } from "../database/engines";
import { IMAGE_ENV } from "../environment";
import { SYSTEM_BUNDLE } from "./systemBundle";
import { container } from "../kubernetes/pod";

const FILE = "ca.pem";
/** Directory of the certificates of `keep:extraCa`. */
const CA_DIR = "/etc/keep-ca";
/** Directory that bundle.py writes to: Python's variables name a file that replaces its usual certificates. */
const BUNDLE_DIR = "/etc/keep-trust";
const BUNDLE = `${BUNDLE_DIR}/bundle.pem`;
/**
 * Module path of a certifi that returns the bundle, because Elasticsearch's client asks certifi only
 * (elastic_transport/_node/_base.py), and of verification.py.
 */
const MODULES = `${BUNDLE_DIR}/python`;
/** Directory of the certificates for an external database. */
const DATABASE_CA_DIR = "/etc/keep-database-ca";

/** What a tier gets beside its own settings. */
type Addition = Pick<TierConfig, "env" | "initContainers" | "volumeMounts" | "volumes">;

/**
 * The configuration with the certificates of `keep:extraCa` and of an external database added to the tiers that need them, as volumes,
 * mounts and environment. Setup has what the backend has.
 */
export function withExtraCa(config: KeepConfig): KeepConfig {
    const { backend, consumer, database, extraCa, frontend, websocket, worker } = config;
    const forPython = [
        ...(extraCa === undefined ? [] : [pythonTrust(config, extraCa)]),
        ...(database.kind === "external" && database.tls?.ca !== undefined
            ? [mounted("database-ca", DATABASE_CA_DIR, database.tls.ca)]
            : []),
    ];
    const forNode =
        extraCa === undefined
            ? []
            : [{ ...mounted("extra-ca", CA_DIR, extraCa), env: { NODE_EXTRA_CA_CERTS: `${CA_DIR}/${FILE}` } }];
    return {
        ...config,
        backend: withAdditions(backend, forPython),
        worker: withAdditions(worker, forPython),
        consumer: withAdditions(consumer, forPython),
        frontend: withAdditions(frontend, forNode),
        websocket: websocket.kind === "soketi" ? withAdditions(websocket, forNode) : websocket,
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
    const ca = tls.ca === undefined ? (hasExtraCa ? BUNDLE : SYSTEM_BUNDLE) : `${DATABASE_CA_DIR}/${FILE}`;
    return { ...database, parameters: { ...engines[engine].tlsParameters(tls.mode, ca), ...parameters } };
}

function withAdditions<T extends Addition>(tier: T, additions: readonly Addition[]): T {
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
    const authority = mounted("extra-ca", CA_DIR, certificates);
    const bundle = { name: "trust", mountPath: BUNDLE_DIR };
    return {
        env: {
            REQUESTS_CA_BUNDLE: BUNDLE,
            SSL_CERT_FILE: BUNDLE,
            GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: BUNDLE,
            // The client of live updates has certificates of its own (keep/api/core/dependencies.py).
            PUSHER_ROOT_CA: BUNDLE,
            PYTHONPATH: MODULES,
        },
        initContainers: [
            container({
                name: "trust",
                image: apiImage(config),
                pullPolicy: config.images.pullPolicy,
                command: [
                    "python",
                    "-c",
                    script("bundle.py"),
                    `${CA_DIR}/${FILE}`,
                    BUNDLE_DIR,
                    script("verification.py"),
                ],
                env: IMAGE_ENV,
                resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "128Mi" } },
                mounts: [...authority.volumeMounts, bundle],
            }),
        ],
        volumeMounts: [...authority.volumeMounts, { ...bundle, readOnly: true }],
        volumes: [...authority.volumes, { name: "trust", emptyDir: { sizeLimit: "4Mi" } }],
    };
}

function script(name: string): string {
    return readFileSync(join(__dirname, name), "utf8");
}
