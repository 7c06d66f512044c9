import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseAllDocuments, stringify } from "yaml";

import type { ChartValues } from "../../tools/fromChart/row";

/** Version of the helm on the PATH; undefined when there is none. */
export function helmVersion(): string | undefined {
    try {
        return execFileSync("helm", ["version", "--short"], { encoding: "utf8" }).trim();
    } catch {
        return undefined;
    }
}

/** What `helm install keep <chart> -n keep` would send to the cluster, as text. */
export function helmTemplate(chart: string, values: ChartValues): string {
    const folder = mkdtempSync(join(tmpdir(), "chart-values-"));
    try {
        const file = join(folder, "values.yaml");
        writeFileSync(file, stringify(values));
        return execFileSync("helm", ["template", "keep", chart, "--namespace", "keep", "--values", file], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
        });
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The objects in the text of manifests. */
export function manifestsIn(text: string): unknown[] {
    return parseAllDocuments(text)
        .map((document) => document.toJS() as unknown)
        .filter((object) => object !== null);
}
