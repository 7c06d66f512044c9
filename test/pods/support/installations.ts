import type { InstallationName } from "../../../tools/docs/measurements";
import type { TestCluster } from "../../cluster/connection";
import { chartObjects, whyNoChart } from "./chart";
import { DeployedKeep } from "./keep";
import { smallProd } from "./stacks";

/** An installation of Keep that is measured, and compared with the others. */
export interface Installation {
    readonly name: InstallationName;
    /** Why it can't be measured here, in one line. */
    readonly missing?: string;
    /** What is deployed; nothing of it is in the cluster yet. */
    readonly create: (cluster: TestCluster) => Promise<DeployedKeep>;
}

/** A volume of these nodes ties its pod to one; the other one is what something happens to. */
const nodeSelector = { "kubernetes.io/hostname": "node-1" };
const database = { kind: "postgres", volume: { size: "1Gi" }, nodeSelector };
const redis = { kind: "bundled", volume: { size: "1Gi" }, nodeSelector };

/** `Pulumi.prod.yaml` with and without its queue, and Keep's Helm chart. */
export const INSTALLATIONS: readonly Installation[] = [
    { name: "prod", create: (cluster) => DeployedKeep.of(cluster, smallProd({ database, redis })) },
    {
        name: "prod without Redis",
        create: (cluster) => DeployedKeep.of(cluster, smallProd({ database, redis: { kind: "none" } })),
    },
    {
        name: "Helm chart",
        missing: whyNoChart(),
        create: (cluster) => Promise.resolve(DeployedKeep.ofObjects(cluster, chartObjects())),
    },
];
