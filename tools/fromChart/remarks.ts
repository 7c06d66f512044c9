import { quoted } from "../shell/quoted";
import type { Converted } from "./convert";
import { readSecret } from "./readSecret";
import { isRecord, type SecretReference } from "./row";

/** The output on standard error: commands, notes and values without a counterpart. */
export function remarks({ settings, secrets, unfinished, notes, left, steps }: Converted): string {
    const namespace = namespaceOf(settings);
    return [
        ...section(
            "Set the secrets with these commands",
            Object.entries(secrets).map(([key, value]) => setSecret(key, value, namespace)),
        ),
        ...section("Unfinished: the program rejects the stack file until you set these", unfinished),
        ...section("Notes", notes),
        ...section("Steps of the migration (see docs/from-the-chart.md)", steps),
        ...section(
            "Values without a counterpart",
            left.map(({ value, because }) => `${value}: ${because}`),
        ),
    ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ""];
}

/** The command that sets a secret to its value, or to the value in an existing Secret. */
function setSecret(key: string, value: string | SecretReference, namespace: string): string {
    const set = `pulumi config set --secret keep:${key}`;
    if (typeof value === "string") {
        return `${set} -- ${quoted(value)}`;
    }
    return `${set} -- "$(${readSecret(value, namespace)})"`;
}

/** The namespace of a release, as in the program. */
function namespaceOf({ adopt, namespace, release }: Converted["settings"]): string {
    const names = [isRecord(adopt) && adopt.namespace, isRecord(namespace) && namespace.name, release];
    return names.find((name): name is string => typeof name === "string") ?? "keep";
}
