import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { systemTrust, type Trust } from "../airGapped/systemTrust";
import { dumpScript } from "../database/dump";
import { type DatabaseConfig, engineOf } from "../database/settings";
import { IMAGE_ENV } from "../environment";
import { apiImage, type ImageName, imageOf } from "../fields/images";
import type { Resources as ConfiguredResources } from "../fields/vocabulary";
import type { VolumeConfig } from "../fields/volume";
import type { Env } from "../kubernetes/env";
import { container, type Resources, scratch } from "../kubernetes/pod";
import { Schedule, type ScheduleArgs } from "../kubernetes/schedule";
import { claimName, Volume } from "../kubernetes/volume";
import { clusterName, scopeOf } from "../naming";
import { accountOf } from "../pods/accounts";
import { type ScheduledJobArgs, scheduledPod } from "../scheduledJob";
import type { DumpServer } from "./kind";
import { stackId } from "../stackId";
import { envFrom } from "../tiers/tier";
import { variablesOfMounts } from "../tiers/variables";

type Container = k8s.types.input.core.v1.Container;
type VolumeMount = k8s.types.input.core.v1.VolumeMount;

const SCRIPTS = ["dump.sh", "fetch.sh", "prune.sh", "restore.sh", "upload.sh"];
const SCRIPT_DIRECTORY = "/etc/keep/backup";

/** Directory for dumps in the pod. */
const DUMP_DIRECTORY = "/backup";

/** A container of a backup: a script and its image. */
interface Step {
    readonly name: string;
    readonly image: ImageName;
    readonly script: string;
    readonly env: Env;
    readonly envFrom?: k8s.types.input.core.v1.EnvFromSource[];
    readonly mounts?: readonly VolumeMount[];
}

/** Arguments of Dumps. */
export interface DumpsArgs extends ScheduledJobArgs {
    readonly backup: Omit<ScheduleArgs, "dependsOn" | "pod" | "scope"> & {
        readonly resources?: ConfiguredResources;
        readonly server?: DumpServer;
        readonly serviceAccount: Parameters<typeof accountOf>[0]["serviceAccount"];
    };
    /** Container that runs after the dump, stores it, and deletes the oldest ones. */
    readonly store: Step;
    /** Volume for the dumps, or temporary storage on the node until a dump is uploaded. */
    readonly place: { readonly volume: Omit<VolumeConfig, "retain"> } | { readonly scratchSize: string };
}

/** Dumps the database on a schedule: the database's image writes the dump, and another container stores it. */
export class Dumps extends pulumi.ComponentResource {
    constructor(name: string, args: DumpsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Backup", name, {}, opts);
        const { release, backup, place } = args;
        const scope = scopeOf(release, "backup");
        const child = { parent: this };
        const scripts = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: { name: scope.name, namespace: scope.namespace, labels: scope.labels },
                data: {
                    "database.sh": dumpScript(args.config.database),
                    ...Object.fromEntries(SCRIPTS.map((file) => [file, readFileSync(join(__dirname, file), "utf8")])),
                },
            },
            child,
        );
        const volume =
            "volume" in place
                ? new Volume(
                      name,
                      {
                          ...place.volume,
                          scope,
                          name: scope.name,
                          clusterName: clusterName(release, "backup"),
                          // The backup must survive the deletion of the stack.
                          retain: true,
                      },
                      child,
                  )
                : undefined;

        new Schedule(
            name,
            {
                scope,
                ...backup,
                pod: dumpPod(args, dumpName(name, args, child)),
                dependsOn: [...args.dependsOn, scripts, ...(volume === undefined ? [] : [volume])],
            },
            child,
        );
        this.registerOutputs({});
    }
}

/**
 * Prefix of the names of an installation's dumps. `prune.sh` and `upload.sh` delete only dumps with this prefix. Installations of
 * other stacks and clusters, also with the same release and namespace, can share a bucket, or the storage behind a volume that the
 * user has created. There, the prefix has an id from the stack's state. In rendered manifests, the id depends on project and stack.
 */
function dumpName(name: string, { place, release }: DumpsArgs, opts: pulumi.ResourceOptions): pulumi.Input<string> {
    const own = `${release.namespace}.${release.name}`;
    if ("volume" in place && (place.volume.persistentVolume ?? place.volume.existingClaim) === undefined) {
        return own;
    }
    return pulumi.interpolate`${own}.${stackId(name, opts)}`;
}

function dumpPod(args: DumpsArgs, dumps: pulumi.Input<string>): k8s.types.input.core.v1.PodSpec {
    const { name } = scopeOf(args.release, "backup");
    const { place } = args;
    const trust = trustOf(args);
    return scheduledPod(args, {
        account: accountOf(args.backup),
        initContainers: [...trust.initContainers, stepContainer(args, dumpStep(args, trust), dumps)],
        containers: [stepContainer(args, args.store, dumps)],
        volumes: [
            ...trust.volumes,
            { name: "scripts", configMap: { name } },
            "volume" in place
                ? { name: "backup", persistentVolumeClaim: { claimName: claimName({ ...place.volume, name }) } }
                : scratch("backup", place.scratchSize),
        ],
    });
}

/** The certificates for the client of an external database. */
function trustOf({ config }: DumpsArgs): Trust {
    return config.database.kind === "external"
        ? systemTrust(config)
        : { env: {}, initContainers: [], volumeMounts: [], volumes: [] };
}

function dumpStep({ backup, config, database }: DumpsArgs, trust: Trust): Step {
    const image = dumpImage(config);
    const own = config.backend.volumeMounts;
    return {
        name: "dump",
        image,
        script: "dump.sh",
        env: { ...variablesOfMounts(config.backend), ...trust.env, ...database.env, ...serverEnv(backup) },
        envFrom: image === "backend" ? envFrom(config.backend) : [],
        mounts: [
            // A mount of the backend at the same path takes precedence.
            ...trust.volumeMounts.filter(({ mountPath }) => own.every((mount) => mount.mountPath !== mountPath)),
            ...(database.file === undefined ? [] : [database.file.mount]),
            ...own,
        ],
    };
}

function serverEnv({ server }: DumpsArgs["backup"]): Env {
    return server === undefined ? {} : { DUMP_HOST: server.host, DUMP_PORT: String(server.port) };
}

function stepContainer(
    args: DumpsArgs,
    { image, script, mounts = [], ...step }: Step,
    dumps: pulumi.Input<string>,
): Container {
    const { config, release } = args;
    return container({
        ...step,
        image: image === "backend" ? apiImage(config) : imageOf(config.images, image, release.version),
        pullPolicy: config.images.pullPolicy,
        command: ["sh", `${SCRIPT_DIRECTORY}/${script}`],
        env: { ...IMAGE_ENV, DIRECTORY: DUMP_DIRECTORY, NAME: dumps, ...step.env },
        resources: resourcesOf(args),
        mounts: [
            { name: "tmp", mountPath: "/tmp" },
            { name: "scripts", mountPath: SCRIPT_DIRECTORY, readOnly: true },
            { name: "backup", mountPath: DUMP_DIRECTORY },
            ...mounts,
        ],
    });
}

/** Resources with storage for a dump on the node, which counts towards the limit of ephemeral storage. */
function resourcesOf({ backup, place }: DumpsArgs): Resources {
    const { requests, limits } = backup.resources ?? {
        requests: { cpu: "100m", memory: "128Mi" },
        limits: { cpu: "1", memory: "1Gi" },
    };
    const isGiven = requests?.["ephemeral-storage"] !== undefined;
    return {
        requests,
        limits: { ...("volume" in place || isGiven ? {} : { "ephemeral-storage": place.scratchSize }), ...limits },
    };
}

/** Image with a client of the database: that of the database, or Keep's image with Python for SQLite. */
export function dumpImage({ database }: { readonly database: DatabaseConfig }): ImageName {
    return engineOf(database)?.kind ?? "backend";
}
