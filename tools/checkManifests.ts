import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseAccepted, problemsOf } from "./checkManifests/accepted";
import { kubeScore } from "./checkManifests/kubeScore";
import { goldenStacks } from "./golden/stacks";
import { manifestsOf } from "./preview/manifests";
import { preview } from "./preview/project";
import { toYamlStream } from "./preview/yaml";

const root = join(__dirname, "..");
const list = join(__dirname, "checkManifests", "accepted.yaml");

/** Lints the manifests of both stacks. Fails on a critical finding without an entry in the list. */
async function main(): Promise<void> {
    const findings = [];
    for (const stack of goldenStacks) {
        const { resources } = await preview(root, stack, { overrides: [], showSecrets: false, debug: false });
        findings.push(...kubeScore(stack, toYamlStream(manifestsOf(resources, false))));
    }
    const problems = problemsOf(findings, parseAccepted(readFileSync(list, "utf8")));
    for (const line of problems) {
        console.error(line);
    }
    if (problems.length > 0) {
        console.error("Fix the manifests, or add the finding with a reason to tools/checkManifests/accepted.yaml.");
        process.exitCode = 1;
    } else {
        console.log(`${findings.length} critical findings, all accepted in tools/checkManifests/accepted.yaml`);
    }
}

void main();
