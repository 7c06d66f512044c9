import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { createdTenant } from "../auth/settings";
import type { Context } from "../context";
import type { Database } from "../database/database";
import { PROCESS_STORAGE, SCRATCH } from "../environment";
import { apiImage } from "../fields/images";
import type { Env } from "../kubernetes/env";
import { REPLACEABLE } from "../kubernetes/inherited";
import { jobPlacement, jobPodMetadata } from "../kubernetes/job";
import { type Account, ARBITRARY_USER, container, podSpec, scratch } from "../kubernetes/pod";
import { scopeOf } from "../naming";
import { Provision } from "../provision/provision";
import { fingerprint } from "../secrets/fingerprint";
import type { Secrets } from "../secrets/secrets";
import type { KeepConfig } from "../settings/resolve";
import type { SetupInitContainer } from "../tiers/backend";
import { BACKEND_RESOURCES } from "../tiers/process";
import { envFrom } from "../tiers/tier";

/** Arguments of Setup. It reads settings of most subjects. */
export interface SetupArgs extends Context<KeepConfig> {
    readonly secrets: Secrets;
    readonly database: Database;
    /** Environment of all processes of Keep. */
    readonly env: Env;
    readonly account: Account;
    readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * Migrates the database, creates the first user and API keys, and provisions. Keep uses no lock for this, and two pods
 * that do it at the same time break the database, so a single Job does it. The Job runs again if its image or an input
 * changes. With SQLite, whose file only the API's pod can mount, setup is an init container of that pod. Setup has the
 * environment, volumes and init containers of `keep:backend`, because it connects to the same services, but no
 * sidecars, which would prevent the Job from completing.
 */
export class Setup extends pulumi.ComponentResource {
    /** Init container of the API's pod, with SQLite; undefined: setup is a Job. */
    public readonly initContainer: SetupInitContainer | undefined;

    constructor(name: string, args: SetupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:index:Setup", name, {}, opts);
        const { release, config, database, secrets } = args;
        const provision = new Provision(
            `${name}-provision`,
            {
                release,
                config: config.provision,
                providers: config.secrets.providers,
                existing: config.existingSecrets.providers,
                tenantId: createdTenant(config.auth),
            },
            { parent: this },
        );
        const inputs = fingerprint(args.fingerprintKey, {
            secrets: secrets.setupFingerprint,
            database: database.fingerprint,
            ...provision.content,
        });

        const setup = setupContainer(args, provision);
        const volumes = provision.provided.map(({ volume }) => volume);
        if (database.file === undefined) {
            new k8s.batch.v1.Job(name, jobArgs(args, setup, volumes, inputs), {
                parent: this,
                dependsOn: [...args.dependsOn, provision],
                customTimeouts: { create: `${config.setup.timeoutSeconds + 60}s` },
                ...REPLACEABLE,
            });
            this.initContainer = undefined;
        } else {
            this.initContainer = { container: setup, volumes, fingerprint: inputs };
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
        // The next `pulumi up` replaces a failed Job.
        metadata: { name, namespace, labels, annotations: { "pulumi.com/replaceUnready": "true" } },
        spec: {
            backoffLimit: config.setup.retries,
            activeDeadlineSeconds: config.setup.timeoutSeconds,
            template: {
                // A Job's pod template is immutable, so another hash makes Pulumi create a new Job.
                metadata: jobPodMetadata(
                    { labels },
                    {
                        podAnnotations: { ...config.setup.podAnnotations, "keep.pulumi/inputs": inputs },
                        podLabels: config.setup.podLabels,
                    },
                ),
                spec: podSpec({
                    initContainers: [...config.backend.initContainers, ...(database.initContainers ?? [])],
                    containers: [setup],
                    volumes: [scratch("tmp", "2Gi"), ...volumes, ...config.backend.volumes],
                    user: args.fixedUser ? ARBITRARY_USER : undefined,
                    pullSecrets: config.images.pullSecrets,
                    account,
                    gracePeriodSeconds: 30,
                    placement: jobPlacement(config.backend),
                    restartPolicy: "Never",
                }),
            },
        },
    };
}

function setupContainer(args: SetupArgs, provision: Provision): k8s.types.input.core.v1.Container {
    const { config, env, secrets, database } = args;
    const { provided, python } = provision;
    return container({
        name: "setup",
        image: apiImage(config),
        pullPolicy: config.images.pullPolicy,
        // The steps that each gunicorn of the API would otherwise run at its start (keep/api/config.py).
        command: [
            "python",
            "-c",
            ["from keep.api.config import on_starting", ...python.before, "on_starting()", ...python.after].join("; "),
        ],
        env: {
            ...env,
            ...config.backend.env,
            ...secrets.apiKeysEnv,
            KEEP_PROVIDERS_INSTALL_WEBHOOKS: String(config.provision.installWebhooks),
            ...provision.env,
        },
        envFrom: envFrom(config.backend),
        resources: config.setup.resources ?? BACKEND_RESOURCES,
        ephemeralStorage: PROCESS_STORAGE,
        mounts: [
            { name: "tmp", mountPath: SCRATCH },
            ...(database.file === undefined ? [] : [database.file.mount]),
            ...provided.map(({ mount }) => mount),
            ...config.backend.volumeMounts,
        ],
    });
}
