import { dump } from "js-yaml";

import type { Manifest } from "./manifests";

// js-yaml, because the Pulumi SDK has loaded it already. It quotes text that YAML 1.1, which Kubernetes reads, takes for
// something else, such as `on`, `no` and 12:30.
const OPTIONS = { lineWidth: -1, noRefs: true };

/** One object as YAML. */
export function toYaml({ content }: Manifest): string {
    return dump(content, OPTIONS);
}

/** Many objects as one stream, as `kubectl apply -f -` takes it. */
export function toYamlStream(manifests: readonly Manifest[]): string {
    return manifests.map((manifest) => `---\n${toYaml(manifest)}`).join("");
}

/** What a stack exports, as YAML. */
export function outputsToYaml(outputs: Readonly<Record<string, unknown>>): string {
    return dump(outputs, OPTIONS);
}
