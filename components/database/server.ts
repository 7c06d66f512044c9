import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ServerConfig } from "./settings";
import { imageOf } from "../fields/images";
import type { Env, SecretKeyRef } from "../kubernetes/env";
import { retention } from "../kubernetes/inherited";
import { container, podSpec, scratch } from "../kubernetes/pod";
import { Volume } from "../kubernetes/volume";
import { Workload } from "../kubernetes/workload";
import { type Scope, scopeOf, secretName, volumeNames } from "../naming";
import { accountOf } from "../pods/accounts";
import { fingerprint } from "../secrets/fingerprint";
import { generatedPassword } from "../secrets/generated";
import { dataCheck } from "../adoption/dataCheck";
import type { Database, DatabaseArgs } from "./database";
import type { Credentials, Engine, EngineServer } from "./engine";
import { databaseUrl, poolEnv, urlWithPassword } from "./url";

/** Arguments of a database server in the cluster. */
export interface DatabaseServerArgs extends DatabaseArgs<ServerConfig> {
    readonly engine: Engine;
}

/** Maximum size of the shared memory. The used part counts as memory of the container. */
const SHARED_MEMORY = "1Gi";

/**
 * A database server in the cluster: one pod, one volume, and a password that is generated, set, or in an existing
 * Secret.
 */
export class DatabaseServer extends pulumi.ComponentResource implements Database {
    public readonly env: Env;
    public readonly fingerprint: pulumi.Output<string>;
    public readonly initContainers: k8s.types.input.core.v1.Container[];

    constructor(name: string, args: DatabaseServerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:database:DatabaseServer", name, {}, opts);
        const { release, config, engine } = args;
        const scope = scopeOf(release, "database");
        const child = { parent: this };
        const { passwordSecret, user } = config;
        const login =
            passwordSecret === undefined ? this.storeLogin(name, args, scope) : loginFrom(passwordSecret, args, scope);
        const credentials = { database: config.name, user, password: login.password };
        const volume = new Volume(name, { scope, ...volumeNames(release, config.kind), ...config.volume }, child);
        this.fingerprint = fingerprint(args.fingerprintKey, login.stored);

        new Workload(
            name,
            {
                scope,
                pod: serverPod(args, credentials, volume.claimName),
                scaling: { replicas: 1 },
                recreate: true,
                port: { name: engine.kind, number: engine.port },
                podAnnotations: { ...config.podAnnotations, "keep.pulumi/credentials": this.fingerprint },
                podLabels: config.podLabels,
                dependsOn: [...login.created, volume],
            },
            child,
        );

        this.env = { ...login.env, ...poolEnv(config.pool) };
        this.initContainers =
            engine.server.createDatabase === undefined
                ? []
                : [databaseCreation(args, credentials, scope, engine.server.createDatabase(config))];
        this.registerOutputs({});
    }

    /** Creates the Secret with the address and the password, which is set or generated. */
    private storeLogin(name: string, { config, engine, release, secrets }: DatabaseServerArgs, scope: Scope): Login {
        const child = { parent: this };
        const password = secrets.databasePassword ?? generatedPassword(name, child);
        const address = addressOf(scope, config, engine);
        const url = pulumi
            .secret(password)
            .apply((text) => databaseUrl({ ...address, password: encodeURIComponent(text) }));
        const { labels, namespace } = scope;
        const metadata = { name: secretName(release, "database"), namespace, labels };
        const secret = new k8s.core.v1.Secret(
            name,
            { metadata, stringData: { username: config.user, password, url }, type: "Opaque" },
            { ...child, ...retention(config.volume.retain) },
        );
        const reference = (key: string) => ({ secret: { name: metadata.name, key } });
        return {
            password: reference("password"),
            env: { DATABASE_CONNECTION_STRING: reference("url") },
            stored: { url },
            created: [secret],
        };
    }
}

/** The password of a server, and the environment of Keep's processes. */
interface Login {
    readonly password: SecretKeyRef;
    readonly env: Env;
    /** Values that the stack stores in its Secret. */
    readonly stored: Readonly<Record<string, pulumi.Output<string>>>;
    readonly created: readonly pulumi.Resource[];
}

/** A login with the password in an existing Secret, of which the stack stores nothing. */
function loginFrom(secret: SecretKeyRef["secret"], { config, engine }: DatabaseServerArgs, scope: Scope): Login {
    const env = urlWithPassword(secret, addressOf(scope, config, engine));
    return { password: { secret }, env, stored: {}, created: [] };
}

function addressOf({ name: host }: Scope, { name, user }: ServerConfig, engine: Engine) {
    return { engine, host, name, user };
}

function serverPod(
    args: DatabaseServerArgs,
    credentials: Credentials,
    claimName: string,
): k8s.types.input.core.v1.PodSpec {
    const { adopted, engine, config, images } = args;
    const { server } = engine;
    const directory = dataDirectory(server, adopted);
    const inServer = {
        image: imageOf(images, engine.kind, args.release.version),
        pullPolicy: images.pullPolicy,
        env: server.env(credentials, directory),
        resources: config.resources ?? server.resources,
        // For temporary tables, and sorts that exceed the memory.
        ephemeralStorage: "1Gi",
        mounts: [
            { name: "data", mountPath: server.mountPath },
            ...Object.entries(server.scratch).map(([name, mountPath]) => ({ name, mountPath })),
            ...(server.sharedMemory === undefined ? [] : [{ name: "shm", mountPath: server.sharedMemory }]),
        ],
    };
    return podSpec({
        initContainers: [
            ...(adopted ? [dataCheck(engine, directory, claimName, args)] : []),
            ...(server.beforeStart === undefined
                ? []
                : [container({ ...inServer, name: "password", command: server.beforeStart() })]),
        ],
        containers: [
            container({
                ...inServer,
                name: engine.kind,
                command: server.command?.(),
                args: server.args({ ...server.settings, ...config.settings }, directory),
                ports: { [engine.kind]: engine.port },
                health: { port: engine.kind, command: server.health(config) },
            }),
        ],
        volumes: [
            { name: "data", persistentVolumeClaim: { claimName } },
            ...Object.keys(server.scratch).map((name) => scratch(name, "1Gi")),
            ...(server.sharedMemory === undefined
                ? []
                : [{ name: "shm", emptyDir: { medium: "Memory", sizeLimit: SHARED_MEMORY } }]),
        ],
        user: args.fixedUser ? server.user : undefined,
        // PostgreSQL rejects a data directory that its group can write to.
        keepFileOwners: adopted,
        pullSecrets: images.pullSecrets,
        account: accountOf(config),
        gracePeriodSeconds: 120,
        placement: config,
    });
}

/** Data directory. With the chart's volume, it is the mount itself. */
function dataDirectory({ mountPath, directory }: EngineServer, adopted: boolean): string {
    return adopted ? mountPath : `${mountPath}/${directory}`;
}

function databaseCreation(
    { adopted, engine: { kind, server }, config, images, release }: DatabaseServerArgs,
    credentials: Credentials,
    scope: Scope,
    command: readonly string[],
): k8s.types.input.core.v1.Container {
    return container({
        name: "make-database",
        image: imageOf(images, kind, release.version),
        pullPolicy: images.pullPolicy,
        command,
        env: { ...server.env(credentials, dataDirectory(server, adopted)), HOST: scope.name },
        resources: config.resources ?? server.resources,
        mounts: [{ name: "tmp", mountPath: "/tmp" }],
    });
}
