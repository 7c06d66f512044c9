import { containsCredential, endsInCredential, isCredential, isSecretPair } from "../fields/credentialForms";
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
    return textLeaves(withTexts(whole))
        .filter((leaf) => isPlain(kind, leaf.path, leaf.text))
        .map(({ path: field }) => ({
            value: `${path}:${lineOf([...field])}`,
            message: `${subject([...field])} contains a password or key in plain text. ${fixOf(kind, field)}`,
        }));
}

/** A copy in which numbers are texts, because a password may have only digits. */
function withTexts(whole: object): unknown {
    return JSON.parse(
        JSON.stringify(whole, (_, value: unknown) => (typeof value === "number" ? String(value) : value)),
    );
}

/** Names of steps' parameters with a command, such as those of the providers bash, ssh, python and eks. */
const COMMANDS: readonly string[] = ["code", "command", "script"];

/** Columns of mappings and labels of rules are data, whose names say nothing of credentials: `customer_key` is a key of a table. */
function isPlain(kind: Kind, path: readonly string[], text: string): boolean {
    const name = path.at(-1) ?? "";
    const isNamed = path.includes("authentication") || path.includes("headers");
    return (
        (isNamed
            ? isCredential(name, text)
            : (kind === "workflows" && isSecretPair(name, text)) || containsCredential(text)) ||
        (path.some((step) => COMMANDS.includes(step)) && endsInCredential([text]))
    );
}

function fixOf(kind: Kind, path: readonly string[]): string {
    if (kind !== "workflows") {
        return "Remove it";
    }
    return path.includes("authentication")
        ? 'Name a provider of keep:providers, such as config: "{{ providers.slack }}", or write {{ env.NAME }} with a variable in keep:secretEnv'
        : "Write {{ secrets.NAME }} with a secret of the workflow in Keep, or use a provider of keep:providers";
}
