import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import { type Deployment, deployment } from "./deployment";

/**
 * A function of Pulumi's engine (pulumi/pulumi, pkg/resource/deploy/builtins.go), which needs no provider and no
 * cluster.
 */
const READ_RESOURCES = "pulumi:pulumi:readStackResourceOutputs";

const stackResources = z.record(z.string(), z.object({ type: z.string(), outputs: z.unknown() }));

/**
 * Reads the record of the last deployment from the stack's state, also in a preview. The record is written when a
 * deployment begins, so it also exists after a failed deployment. Logs a warning if the component was deployed without
 * a record.
 *
 * Before version 3.135, the engine fails for a stack that was never deployed (pulumi/pulumi, pull request 17387).
 * @param type type token of the component
 * @param names present and earlier logical names of the component
 */
export async function recordedDeployment(type: string, names: readonly string[]): Promise<Deployment | undefined> {
    const [outputs] = Object.entries(await readState())
        .filter(([urn, resource]) => resource.type === type && names.includes(nameIn(urn)))
        .map(([, resource]) => resource.outputs);
    const recorded = z.object({ deployed: deployment }).safeParse(outputs).data?.deployed;
    if (outputs !== undefined && recorded === undefined) {
        await warn("records no deployment of this Keep");
    }
    return recorded;
}

async function readState(): Promise<z.infer<typeof stackResources>> {
    const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
    try {
        const answer: unknown = await pulumi.runtime.invoke(READ_RESOURCES, { stackName });
        return z.object({ outputs: stackResources }).parse(answer).outputs;
    } catch (error) {
        await warn(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        return {};
    }
}

async function warn(reason: string): Promise<void> {
    await pulumi.log.warn(
        `This deployment is not checked for a lower version, another volume, another secret store or another default: the state of ${pulumi.getStack()} ${reason}`,
    );
}

/**
 * Logical name in a URN: the part after the fourth `::`
 * (https://www.pulumi.com/docs/iac/concepts/resources/names/#urns).
 */
export function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
