import { z } from "zod";

import type { RecordedResource } from "../../../tools/inProcess/recordedResource";
import { template } from "./shapes";

/** As much of a recorded resource as the order of deployment needs. */
export type Ordered = Pick<RecordedResource, "type" | "name" | "inputs" | "dependencies">;

const deployment = z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()) }),
    spec: z.object({ template }),
});

const NEEDS_SETUP = ["backend", "worker", "consumer"];

/**
 * What uses the database waits until it is set up: its Deployment depends on the setup Job, or sets up by itself first,
 * as with SQLite. The one check that the API server can't answer: it is the engine that waits.
 */
export function orderFindings(resources: readonly Ordered[]): readonly string[] {
    return resources
        .filter(({ type }) => type.endsWith(":Deployment"))
        .flatMap((resource) => {
            const { metadata, spec } = deployment.parse(resource.inputs);
            if (!NEEDS_SETUP.includes(metadata.labels["app.kubernetes.io/component"] ?? "")) return [];
            if (spec.template.spec.initContainers.some(({ name }) => name === "setup")) return [];
            if (isAfter(resource, ({ type }) => type.endsWith(":Job"))) return [];
            return [`Deployment ${resource.name} does not wait for the setup Job`];
        });
}

function isAfter(resource: Pick<Ordered, "dependencies">, wanted: (resource: Ordered) => boolean): boolean {
    return resource.dependencies.some((dependency) => wanted(dependency) || isAfter(dependency, wanted));
}
