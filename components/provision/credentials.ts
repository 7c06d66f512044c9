import { containsCredential, isCredential } from "../fields/credentialForms";
import { textLeaves } from "../settings/textLeaves";
import type { Problem, Valid } from "./files";
import type { Kind } from "./kinds";
import { subject } from "./yamlErrors";

/**
 * Credentials in a file, which a ConfigMap contains as plain text. Keep renders `{{ env.NAME }}` in the authentication of
 * a provider (keep/providers/models/provider_config.py), and a workflow's secrets in all texts
 * (keep/contextmanager/contextmanager.py, set_secret_context).
 */
export function plainCredentials(kind: Kind, { path, whole, lineOf }: Valid): Problem[] {
    return textLeaves(whole)
        .filter((leaf) => isPlain(leaf.path, leaf.text))
        .map(({ path: field }) => ({
            value: `${path}:${lineOf([...field])}`,
            message: `${subject([...field])} contains a password or key in plain text. ${fixOf(kind, field)}`,
        }));
}

function isPlain(path: readonly string[], text: string): boolean {
    const name = path.at(-1) ?? "";
    const isNamed = path.includes("authentication") || path.includes("headers");
    return isNamed ? isCredential(name, text) : containsCredential(text);
}

function fixOf(kind: Kind, path: readonly string[]): string {
    if (kind !== "workflows") {
        return "Remove it";
    }
    return path.includes("authentication")
        ? 'Name a provider of keep:providers, such as config: "{{ providers.slack }}", or write {{ env.NAME }} with a variable in keep:secretEnv'
        : "Write {{ secrets.NAME }} with a secret of the workflow in Keep, or use a provider of keep:providers";
}
