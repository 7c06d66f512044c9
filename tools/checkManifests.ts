import { readFileSync } from "node:fs";
import { join } from "node:path";

import { complaints, parseAccepted } from "./checkManifests/accepted";
import { kubeScore } from "./checkManifests/kubeScore";
import { goldenStacks } from "./golden/stacks";
import { manifestsOf } from "./preview/manifests";
import { preview } from "./preview/project";
import { toYamlStream } from "./preview/yaml";

const root = join(__dirname, "..");
const list = join(__dirname, "checkManifests", "accepted.yaml");

/** Lints the manifests of both stacks; fails on a critical finding that the list does not give a reason for. */
async function main(): Promise<void> {
    const findings = [];
    for (const stack of goldenStacks) {
        const { resources } = await preview(root, stack, { overrides: [], showSecrets: false, debug: false });
        findings.push(...kubeScore(stack, toYamlStream(manifestsOf(resources, false))));
    }
    const wrong = complaints(findings, parseAccepted(readFileSync(list, "utf8")));
    for (const line of wrong) {
        console.error(line);
    }
    if (wrong.length > 0) {
        console.error("Mend the manifests, or give the reason in tools/checkManifests/accepted.yaml.");
        process.exitCode = 1;
    } else {
        console.log(`${findings.length} critical findings, each with its reason in tools/checkManifests/accepted.yaml`);
    }
}

void main();
