import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ServerConfig } from "./settings";
import { imageOf } from "../fields/images";
import type { Env } from "../kubernetes/env";
import { container, podSpec, scratch } from "../kubernetes/pod";
import { Volume } from "../kubernetes/volume";
import { Workload } from "../kubernetes/workload";
import { type Scope, scopeOf, secretName, volumeNames } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import { generatedPassword } from "../secrets/generated";
import { dataCheck } from "../adoption/dataCheck";
import type { Database, DatabaseArgs } from "./database";
import type { Credentials, Engine } from "./engine";
import { databaseUrl, poolEnv, usualPort } from "./url";

/** What a database server in the cluster is made from. */
export interface DatabaseServerArgs extends DatabaseArgs<ServerConfig> {
    /** Which make of server. */
    readonly engine: Engine;
}

/** At most; what is used of it counts as memory of the container. */
const SHARED_MEMORY = "1Gi";

/** A database server of the release's own: one pod, one disk, one generated password. For trials and medium size. */
export class DatabaseServer extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;
    public readonly preparation: k8s.types.input.core.v1.Container[];

    constructor(name: string, args: DatabaseServerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:database:DatabaseServer", name, {}, opts);
        const { release, config, engine } = args;
        const scope = scopeOf(release, "database");
        const child = { parent: this };
        const credentialsName = secretName(release, "database");
        const reference = (key: string) => ({ secret: { name: credentialsName, key } });
        const credentials = { database: config.name, user: config.user, password: reference("password") };

        const password = args.secrets.databasePassword ?? generatedPassword(name, child);
        const secret = new k8s.core.v1.Secret(
            name,
            {
                metadata: { name: credentialsName, namespace: scope.namespace, labels: scope.labels },
                stringData: { username: config.user, password, url: addressOf(scope, config, engine, password) },
                type: "Opaque",
            },
            { ...child, retainOnDelete: config.volume.retain },
        );
        const volume = new Volume(name, { scope, ...volumeNames(release, config.kind), ...config.volume }, child);
        this.fingerprint = fingerprint(args.fingerprintKey, { password });

        new Workload(
            name,
            {
                scope,
                pod: serverPod(args, credentials, volume.claimName),
                scaling: { replicas: 1 },
                recreate: true,
                port: { name: engine.dialect, number: usualPort(engine.dialect) },
                podAnnotations: { ...config.podAnnotations, "keep.pulumi/credentials": this.fingerprint },
                podLabels: config.podLabels,
                dependsOn: [secret, volume],
            },
            child,
        );

        this.env = { DATABASE_CONNECTION_STRING: reference("url"), ...poolEnv(config.pool) };
        this.preparation =
            engine.makeDatabase === undefined
                ? []
                : [preparation(args, credentials, scope, engine.makeDatabase(config))];
        this.registerOutputs({});
    }
}

function addressOf(
    scope: Scope,
    config: ServerConfig,
    engine: Engine,
    password: pulumi.Input<string>,
): pulumi.Output<string> {
    const { name, user } = config;
    return pulumi
        .secret(password)
        .apply((text) =>
            databaseUrl({ dialect: engine.dialect, host: scope.name, name, user, password: encodeURIComponent(text) }),
        );
}

function serverPod(
    args: DatabaseServerArgs,
    credentials: Credentials,
    claimName: string,
): k8s.types.input.core.v1.PodSpec {
    const { adopted, engine, config, images } = args;
    const directory = dataDirectory(engine, adopted);
    const inServer = {
        image: imageOf(images, engine.image, args.release.version),
        pullPolicy: images.pullPolicy,
        env: engine.env(credentials, directory),
        resources: config.resources ?? engine.resources,
        mounts: [
            { name: "data", mountPath: engine.mountPath },
            ...Object.entries(engine.scratch).map(([name, mountPath]) => ({ name, mountPath })),
            ...(engine.sharedMemory === undefined ? [] : [{ name: "shm", mountPath: engine.sharedMemory }]),
        ],
    };
    return podSpec({
        initContainers: [
            ...(adopted ? [dataCheck(engine, directory, claimName, args)] : []),
            ...(engine.beforeStart === undefined
                ? []
                : [container({ ...inServer, name: "password", command: engine.beforeStart() })]),
        ],
        containers: [
            container({
                ...inServer,
                name: engine.dialect,
                command: engine.command?.(),
                args: engine.args({ ...engine.settings, ...config.settings }, directory),
                ports: { [engine.dialect]: usualPort(engine.dialect) },
                health: { port: engine.dialect, command: engine.health(config) },
            }),
        ],
        volumes: [
            { name: "data", persistentVolumeClaim: { claimName } },
            ...Object.keys(engine.scratch).map((name) => scratch(name, "1Gi")),
            ...(engine.sharedMemory === undefined
                ? []
                : [{ name: "shm", emptyDir: { medium: "Memory", sizeLimit: SHARED_MEMORY } }]),
        ],
        user: args.fixedUser ? engine.user : undefined,
        // With the group's rights on it, PostgreSQL refuses its directory.
        keepFileOwners: adopted,
        pullSecrets: images.pullSecrets,
        gracePeriodSeconds: 120,
        placement: config,
    });
}

/** The chart has the data in the mount itself. */
function dataDirectory({ mountPath, directory }: Engine, adopted: boolean): string {
    return adopted ? mountPath : `${mountPath}/${directory}`;
}

function preparation(
    { adopted, engine, config, images, release }: DatabaseServerArgs,
    credentials: Credentials,
    scope: Scope,
    command: readonly string[],
): k8s.types.input.core.v1.Container {
    return container({
        name: "make-database",
        image: imageOf(images, engine.image, release.version),
        pullPolicy: images.pullPolicy,
        command,
        env: { ...engine.env(credentials, dataDirectory(engine, adopted)), HOST: scope.name },
        resources: config.resources ?? engine.resources,
        mounts: [{ name: "tmp", mountPath: "/tmp" }],
    });
}
