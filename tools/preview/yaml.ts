import { DEFAULT_SCHEMA, dump, Type } from "js-yaml";

import { isPlainText } from "./engineYaml";
import type { Manifest } from "./manifests";

// Uses js-yaml, because the Pulumi SDK has already loaded it. It quotes texts that one of its types takes, and on, no and
// 12:30 of YAML 1.1. kubectl, Argo CD and Flux also read numbers such as 2026_11 and 0X1F (sigs.k8s.io/yaml, goyaml.v2/resolve.go).
const quoted = new Type("tag:quoted", { kind: "scalar", resolve: (text: unknown) => !isPlainText(String(text)) });
const OPTIONS = { lineWidth: -1, noRefs: true, schema: DEFAULT_SCHEMA.extend({ implicit: [quoted] }) };

/** Content of an object, or outputs of a stack, as YAML that Kubernetes' tools read as the same values. */
export function yamlOf(content: object): string {
    return dump(content, OPTIONS);
}

/** A manifest as YAML. */
export function toYaml({ content }: Manifest): string {
    return yamlOf(content);
}

/** Manifests as a YAML stream, such as for `kubectl apply -f -`. */
export function toYamlStream(manifests: readonly Manifest[]): string {
    return manifests.map((manifest) => `---\n${toYaml(manifest)}`).join("");
}
