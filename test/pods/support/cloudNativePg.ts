import { settledFindings } from "../../cluster/api/wait";
import { runningFindings } from "../../cluster/checks/running";
import type { TestCluster } from "../../cluster/connection";
import { operatorObjects } from "../images/operator";

/** Starts CloudNativePG's operator, whose definitions the cluster has already. */
export async function startOperator({ client }: TestCluster): Promise<void> {
    const objects = operatorObjects();
    for (const object of objects) await client.apply(object);
    const findings = await settledFindings(300_000, () => runningFindings(client, objects));
    if (findings.length > 0) throw new Error(findings.join("\n"));
}
