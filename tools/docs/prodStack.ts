import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { loadConfig } from "../../components/config";
import { Keep } from "../../components/keep";
import type { RecordedResource } from "../inProcess/recordedResource";
import { runProgram } from "../inProcess/runProgram";

/** Everything that Pulumi.prod.yaml makes, for documentation that shows what is there. */
export async function prodResources(): Promise<readonly RecordedResource[]> {
    const text = readFileSync(join(__dirname, "../../Pulumi.prod.yaml"), "utf8");
    const { config } = parse(text) as { config: Record<string, unknown> };
    const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const { resources } = await runProgram(() => new Keep("keep", loadConfig()), {
        stack: "prod",
        config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, asText(value)])),
    });
    return resources;
}
