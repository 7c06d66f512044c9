import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { apiImage } from "../fields/images";
import type { KeepConfig } from "../settings/resolve";
import type { Database } from "../database/database";
import { SCRATCH } from "../environment";
import { type Env, merged } from "../kubernetes/env";
import { type Account, ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { type Release, scopeOf } from "../naming";
import { fingerprint } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import type { PodSetup, SetupStep } from "../tiers/backend";
import { BACKEND_RESOURCES } from "../tiers/process";
import { envFrom } from "../tiers/tier";
import { type Provided, Provision } from "../provision/provision";

/** What the setup step is made from. */
export interface SetupArgs {
    readonly release: Release;
    readonly config: KeepConfig;
    readonly secrets: Secrets;
    readonly database: Database;
    /** Environment that all of Keep's processes share. */
    readonly env: Env;
    readonly account: Account;
    readonly fixedUser: boolean;
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * The one step that migrates the database, makes the first user and API keys, and provisions: Keep takes no lock for it, so two
 * pods doing it at once break the database. A Job that runs again when its image or one of its inputs changes; with SQLite, whose
 * file only the backend's pod may mount, an init container of that pod. It gets what `keep:backend` adds to the API (environment,
 * volumes, init containers), since it must reach the same things; not its sidecars, which would keep a Job from ending.
 */
export class Setup extends pulumi.ComponentResource implements SetupStep {
    public readonly inPod: PodSetup | undefined;

    constructor(name: string, args: SetupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Setup", name, {}, opts);
        const { release, config, database, secrets } = args;
        const provision = new Provision(
            `${name}-provision`,
            { release, config: config.provision, providers: config.secrets.providers },
            { parent: this },
        );
        const inputs = fingerprint(secrets.fingerprintKey, {
            secrets: secrets.setupFingerprint,
            database: database.fingerprint,
            ...provision.content,
        });

        const setup = setupContainer(args, provision.provided);
        const volumes = provision.provided.map(({ volume }) => volume);
        if (database.file === undefined) {
            new k8s.batch.v1.Job(name, jobArgs(args, setup, volumes, inputs), {
                parent: this,
                dependsOn: [...args.dependsOn, provision],
                customTimeouts: { create: `${config.setup.timeoutSeconds + 60}s` },
            });
            this.inPod = undefined;
        } else {
            this.inPod = { container: setup, volumes, fingerprint: inputs };
        }
        this.registerOutputs({});
    }
}

function jobArgs(
    args: SetupArgs,
    setup: k8s.types.input.core.v1.Container,
    volumes: readonly k8s.types.input.core.v1.Volume[],
    inputs: pulumi.Input<string>,
): k8s.batch.v1.JobArgs {
    const { release, config, database, account } = args;
    const { name, namespace, labels } = scopeOf(release, "setup");
    return {
        // A Job that failed is run again by the next `pulumi up`.
        metadata: { name, namespace, labels, annotations: { "pulumi.com/replaceUnready": "true" } },
        spec: {
            backoffLimit: config.setup.retries,
            activeDeadlineSeconds: config.setup.timeoutSeconds,
            template: {
                // A pod template cannot be changed: another fingerprint makes Pulumi run a new Job.
                metadata: { labels, annotations: { "keep.pulumi/inputs": inputs } },
                spec: podSpec({
                    initContainers: [...config.backend.initContainers, ...(database.preparation ?? [])],
                    containers: [setup],
                    volumes: [scratch("tmp", "2Gi"), ...volumes, ...config.backend.volumes],
                    user: args.fixedUser ? ARBITRARY_USER : undefined,
                    pullSecrets: config.images.pullSecrets,
                    account,
                    gracePeriodSeconds: 30,
                    placement: { ...config.backend, topologySpread: undefined },
                    restartPolicy: "Never",
                }),
            },
        },
    };
}

function setupContainer(args: SetupArgs, provided: readonly Provided[]): k8s.types.input.core.v1.Container {
    const { config, env, secrets, database } = args;
    return container({
        name: "setup",
        image: apiImage(config),
        pullPolicy: config.images.pullPolicy,
        // What the API's own gunicorn would do before it starts (keep/api/config.py), once.
        command: ["python", "-c", "from keep.api.config import on_starting; on_starting()"],
        env: {
            ...env,
            ...config.backend.env,
            KEEP_DEFAULT_API_KEYS: secrets.refs.apiKeys,
            KEEP_PROVIDERS_INSTALL_WEBHOOKS: String(config.provision.installWebhooks),
            ...merged(provided.map((part) => part.env)),
        },
        envFrom: envFrom(config.backend),
        resources: config.setup.resources ?? BACKEND_RESOURCES,
        mounts: [
            { name: "tmp", mountPath: SCRATCH },
            ...(database.file === undefined ? [] : [database.file.mount]),
            ...provided.map(({ mount }) => mount),
            ...config.backend.volumeMounts,
        ],
    });
}
