import type { SecretsAs } from "./secretsAs";
import type { NeededSecret, Source } from "./sources";

/** What a reader must know of the Secrets: which there must be, with which keys, and what stands under each. */
export function secretsPage(secrets: readonly NeededSecret[], as: SecretsAs): string {
    const rows = secrets.flatMap(({ namespace, name, keys }) =>
        [...keys].map(([key, source]) => `| \`${namespace}/${name}\` | \`${key}\` | ${described(source)} |`),
    );
    return [
        "<!-- Written by npm run render; changes here change nothing. -->",
        "",
        "# Secrets",
        "",
        `${HOW[as.kind]} Without them pods wait, and say that a Secret is missing.`,
        "",
        "| Secret | key | value |",
        "| --- | --- | --- |",
        ...rows,
        "",
    ].join("\n");
}

const HOW: Readonly<Record<SecretsAs["kind"], string>> = {
    list: "These must exist in the cluster; nothing in this folder makes them.",
    external:
        "The External Secrets Operator makes these. For each, its store must have an entry of the name of the Secret, with a property for each key that is not put together.",
    sealed: "`seal.sh` makes and seals these, once.",
};

function described(source: Source): string {
    switch (source.kind) {
        case "generated":
            return "a password: 32 letters and digits, beginning with a letter";
        case "given":
            return `\`${source.form}\`, the names in angles being secrets of the stack file`;
        case "composed":
            return `\`${source.parts.map((part, at) => (at % 2 === 0 ? part : `<${part}>`)).join("")}\``;
        case "fixed":
            return `\`${source.text}\``;
    }
}
