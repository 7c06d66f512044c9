import { stringify } from "yaml";

import type { Manifest } from "./manifests";

/** One object as YAML. */
export function toYaml({ content }: Manifest): string {
    // Kubernetes reads YAML 1.1, in which `on`, `no` and 12:30 are not text unless quoted.
    return stringify(content, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

/** Many objects as one stream, as `kubectl apply -f -` takes it. */
export function toYamlStream(manifests: readonly Manifest[]): string {
    return manifests.map((manifest) => `---\n${toYaml(manifest)}`).join("");
}

/** What a stack exports, as YAML. */
export function outputsToYaml(outputs: Readonly<Record<string, unknown>>): string {
    return stringify(outputs, { lineWidth: 0, aliasDuplicateObjects: false });
}
