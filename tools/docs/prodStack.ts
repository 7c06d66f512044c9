import { join } from "node:path";

import type { RecordedResource } from "../inProcess/recordedResource";
import { preview } from "../preview/project";

/** The resources of Pulumi.prod.yaml. */
export async function prodResources(): Promise<readonly RecordedResource[]> {
    const root = join(__dirname, "../..");
    const { resources } = await preview(root, "prod", { overrides: [], showSecrets: false, debug: false });
    return resources;
}
