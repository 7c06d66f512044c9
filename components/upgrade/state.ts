import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

/** A resource in the state of this stack. */
export interface StateResource {
    /** Type token, such as `kubernetes:apps/v1:Deployment`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    readonly outputs?: unknown;
}

/** A function of Pulumi's engine itself (pulumi/pulumi, pkg/resource/deploy/builtins.go): no provider, no cluster, nothing in the state. */
const READ_RESOURCES = "pulumi:pulumi:readStackResourceOutputs";

const stackResources = z.record(z.string(), z.object({ type: z.string(), outputs: z.unknown() }));

/**
 * Reads the stack's own state, as the last deployment left it, also one that failed half-way: nothing before the first. A preview
 * can do so as well. Where the backend does not hand it out, a warning says that this deployment is not compared with it.
 *
 * Before version 3.135 the engine falls over where a stack has never been deployed (pulumi/pulumi, pull request 17387).
 */
export async function readState(): Promise<readonly StateResource[]> {
    try {
        const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
        const { outputs } = z
            .object({ outputs: stackResources })
            .parse(await pulumi.runtime.invoke(READ_RESOURCES, { stackName }));
        return Object.entries(outputs).map(([urn, resource]) => ({ ...resource, name: nameIn(urn) }));
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        await pulumi.log.warn(
            `The state of ${pulumi.getStack()} could not be read, so a smaller version, another volume or another store of credentials would not be noticed: ${reason}`,
        );
        return [];
    }
}

/** Logical name in a URN: all that follows its fourth `::` (https://www.pulumi.com/docs/iac/concepts/resources/names/#urns). */
export function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}
