import { dump } from "js-yaml";

import type { Manifest } from "./manifests";

// Uses js-yaml, because the Pulumi SDK has already loaded it. It quotes strings that would be another type in YAML 1.1,
// which Kubernetes reads, such as `on`, `no` and 12:30.
const OPTIONS = { lineWidth: -1, noRefs: true };

/** A manifest as YAML. */
export function toYaml({ content }: Manifest): string {
    return dump(content, OPTIONS);
}

/** Manifests as a YAML stream, such as for `kubectl apply -f -`. */
export function toYamlStream(manifests: readonly Manifest[]): string {
    return manifests.map((manifest) => `---\n${toYaml(manifest)}`).join("");
}

/** Outputs of a stack as YAML. */
export function outputsToYaml(outputs: Readonly<Record<string, unknown>>): string {
    return dump(outputs, OPTIONS);
}
