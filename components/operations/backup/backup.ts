import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { scratch } from "../../kubernetes/pod";
import { Schedule } from "../../kubernetes/schedule";
import { Volume } from "../../kubernetes/volume";
import { clusterName, scopeOf } from "../../naming";
import { nightlyPod } from "../nightly";
import { type BackupArgs, dump, store } from "./steps";

const SCRIPTS = ["dump.sh", "fetch.sh", "mysql.sh", "prune.sh", "restore.sh", "upload.sh"];

/** Dumps the database at night: first the dump, by the database's own image; then what keeps or sends it. */
export class Backup extends pulumi.ComponentResource {
    constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:operations:Backup", name, {}, opts);
        const { release, backup } = args;
        const scope = scopeOf(release, "backup");
        const child = { parent: this };
        const scripts = new k8s.core.v1.ConfigMap(
            name,
            {
                metadata: { name: scope.name, namespace: scope.namespace, labels: scope.labels },
                data: Object.fromEntries(SCRIPTS.map((file) => [file, readFileSync(join(__dirname, file), "utf8")])),
            },
            child,
        );
        const disk =
            backup.kind === "volume"
                ? new Volume(
                      name,
                      {
                          ...backup.volume,
                          scope,
                          name: scope.name,
                          clusterName: clusterName(release, "backup"),
                          // A backup that goes with what it is a backup of is none.
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
                pod: backupPod(args, disk?.claimName),
                dependsOn: [...args.dependsOn, scripts, ...(disk === undefined ? [] : [disk])],
            },
            child,
        );
        this.registerOutputs({});
    }
}

function backupPod(args: BackupArgs, claimName: string | undefined): k8s.types.input.core.v1.PodSpec {
    const { release, backup } = args;
    return nightlyPod(args, {
        initContainers: [dump(args)],
        containers: [store(args)],
        volumes: [
            { name: "scripts", configMap: { name: scopeOf(release, "backup").name } },
            claimName === undefined
                ? scratch("backup", backup.kind === "s3" ? backup.scratchSize : "20Gi")
                : { name: "backup", persistentVolumeClaim: { claimName } },
        ],
    });
}
