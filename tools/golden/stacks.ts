import { join } from "node:path";

import { manifestsOf } from "../preview/manifests";
import { preview } from "../preview/project";
import { toYamlStream } from "../preview/yaml";

/** The stacks whose objects are kept in the repository, so that a pull request shows what it changes in the cluster. */
export const goldenStacks = ["dev", "prod"] as const;

const HEAD = (
    stack: string,
) => `# Every object of Pulumi.${stack}.yaml as the API server is asked for it, secrets masked. Written by npm run golden, and by
# nothing else. It proves what is asked, not that it is accepted: npm run test:cluster proves that.
`;

/** Where the objects of a stack are kept. */
export function goldenPath(root: string, stack: string): string {
    return join(root, "test", "golden", `${stack}.yaml`);
}

/** The objects of a stack as the program makes them now. */
export async function goldenOf(root: string, stack: string): Promise<string> {
    const { resources } = await preview(root, stack, { overrides: [], showSecrets: false, debug: false });
    return HEAD(stack) + toYamlStream(manifestsOf(resources, false));
}
