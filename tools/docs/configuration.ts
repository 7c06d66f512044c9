import { stringify } from "yaml";
import * as z from "zod";

import { commonFields, ingressFields, prefixes } from "../../components/ingress/fields";
import { volume } from "../../components/fields/volume";
import { jsonSchemaOf } from "../../components/settings/knownKeys";
import { stackSchema } from "../../components/settings/schema";
import { peer } from "../../components/fields/peer";
import { secretKeys } from "../../components/secrets/settings";
import { placement, podFields } from "../../components/pods/settings";
import { tierFields, tierPodFields } from "../../components/tiers/settings";
import { examples, exampleSecrets, keyGroups } from "./examples";
import {
    code,
    entrySettingsOf,
    type JsonSchema,
    kindsOf,
    meaningsOf,
    type ObjectSettings,
    propertiesOf,
    settingsOf,
    typeOf,
} from "./settings";
import type { SharedSettings } from "./settings";

const INTRODUCTION = `# Configuration

These are all settings of \`Pulumi.<stack>.yaml\`. \`npm run docs\` generates this page from the schemas that validate the file.

- Every key begins with \`keep:\`, in a project of any name. Only \`keep:publicUrl\` is required.
- Set a value in the file, or on the command line: \`pulumi config set --path keep:ingress.backendPrefix /api2\`.
- \`kind\` selects a variant. Each variant has its own settings. Without \`kind\`, settings are those of the default variant.
- In a [program](component.md), a setting whose type is marked (input) may be an Output of another resource.
- Secrets are top-level keys (see [Secrets](#secrets)), or references to an existing Secret by name and key.
- The program rejects unknown keys and combinations that cannot work. It reports all errors together, before any change.
- If a component is disabled, its other settings have no effect. The program accepts them, and the preview lists them.
- Editors with \`yaml-language-server\`, such as VS Code with the extension YAML, complete and validate the file with
  [stack.schema.json](stack.schema.json). Below \`config\`, they offer the example of each key as a snippet. Each release has its own schema:
  \`# yaml-language-server: $schema=https://github.com/keep-on-pulumi/keep-on-pulumi/releases/download/v<version>/stack.schema.json\`.`;

const OUTPUTS = `## Outputs

\`pulumi up\` prints these outputs of the stack. To print one of them, run \`pulumi stack output\` with its name.

| output | value |
| --- | --- |
| \`frontendUrl\` | URL of the user interface |
| \`backendUrl\` | URL of the API, to which monitoring tools send alerts |
| \`websocketUrl\` | URL of the live updates; \`null\` without a websocket server |
| \`namespace\` | namespace of the release |
| \`firstUser\` | first user (secret, so print it with \`--show-secrets\`); \`null\` if an identity provider signs users in |
| \`firstUser.username\` | name to sign in with |
| \`firstUser.password\` | password with which Keep created the user; missing if an existing Secret contains it |
| \`firstUser.secret\` | Secret with the password, as \`<namespace>/<name>\` |
| \`firstUser.key\` | key in this Secret |`;

/** Settings of several keys. The order matters: if a group contains another one, the larger group comes first. */
function sharedSettings(): SharedSettings[] {
    const group = (title: string, introduction: string, fields: z.ZodObject) => ({
        title,
        introduction,
        schema: jsonSchemaOf(fields, true),
    });
    return [
        group(
            "Settings of kinds that create an Ingress",
            "Directly below `keep:ingress`, for the kinds that create an Ingress object and can rewrite paths.",
            z.strictObject({ ...prefixes, ...commonFields, ...ingressFields }),
        ),
        group(
            "Settings of kinds that rewrite paths",
            "Directly below `keep:ingress`, for the kinds that can rewrite paths.",
            z.strictObject({ ...prefixes, ...commonFields }),
        ),
        group(
            "Settings of every tier",
            "Directly below `keep:backend`, `keep:worker`, `keep:frontend` and `keep:websocket`.",
            z.strictObject(tierFields),
        ),
        group("Settings of the pods of a tier", "Directly below the key of a tier.", z.strictObject(tierPodFields)),
        group("Settings of a peer", "Each entry in a list of `keep:networkPolicy` selects pods or addresses.", peer),
        group("Settings of a volume", "Below `volume` of a database.", volume),
        group("Settings of pods", "Directly below the key of a server or tier.", z.strictObject(podFields)),
        group("Where pods run", "Directly below `keep:pods`, for all pods.", z.strictObject(placement)),
    ];
}

/** docs/configuration.md, from the schema: a section for each top-level key, a table for each variant. */
export function configurationPage(): string {
    const whole = jsonSchemaOf(stackSchema, true);
    const schemas = propertiesOf(whole);
    const shared = sharedSettings();
    const ungrouped = Object.keys(schemas).find((key) => !keyGroups.some(({ keys }) => keys.includes(key)));
    if (ungrouped !== undefined) {
        throw new Error(`tools/docs/examples.ts has no group for keep:${ungrouped}`);
    }
    return [
        INTRODUCTION,
        ...keyGroups.flatMap(({ title, keys }) => [
            `## ${title}`,
            keysTable(keys, schemas),
            ...keys.flatMap((key) =>
                schemas[key] === undefined
                    ? []
                    : [section(key, schemas[key], whole.required?.includes(key) ?? false, shared)],
            ),
        ]),
        secretsSection(),
        OUTPUTS,
        "## Shared settings",
        "Several keys have these settings. Their sections link here.",
        ...shared.map((group) => groupSection(group, shared)),
    ]
        .join("\n\n")
        .concat("\n");
}

/** A row for each key, with a link to its section. */
function keysTable(keys: readonly string[], schemas: Readonly<Record<string, JsonSchema>>): string {
    const rows = keys.flatMap((key) =>
        schemas[key] === undefined
            ? []
            : [`| [\`keep:${key}\`](#keep${key.toLowerCase()}) | ${cell(schemas[key].description)} |`],
    );
    return ["| key | purpose |", "| --- | --- |", ...rows].join("\n");
}

function example(key: string): string {
    const config = examples[key];
    if (config === undefined) {
        throw new Error(`tools/docs/examples.ts has no example of keep:${key}`);
    }
    const yaml = `\`\`\`yaml\n${stringify({ config }, { indent: 4, lineWidth: 0 })}\`\`\``;
    const secret = exampleSecrets[key];
    return secret === undefined ? yaml : `${yaml}\n\n\`\`\`bash\npulumi config set --secret keep:${secret}\n\`\`\``;
}

function section(key: string, schema: JsonSchema, isRequired: boolean, groups: readonly SharedSettings[]): string {
    const head = [`### keep:${key}`, cell(schema.description), example(key)];
    const kinds = kindsOf(schema);
    if (kinds !== undefined) {
        const kind = (schema.default as { kind?: unknown } | undefined)?.kind;
        return [
            ...head,
            `Default: \`kind: ${String(kind)}\`.`,
            ...kinds.map((variant) => kindSection(key, variant, groups)),
        ].join("\n\n");
    }
    if (schema.properties !== undefined) {
        return [...head, ...table(settingsOf(schema, groups))].join("\n\n");
    }
    const fallback = schema.default === undefined ? "" : `Default: ${code(schema.default)}.`;
    const entries = entrySettingsOf(schema, groups);
    const meanings = meaningsOf(schema);
    return [
        ...head,
        `Type: ${typeOf(schema)}. ${isRequired ? "Required." : fallback}`.trim(),
        ...(meanings.length === 0 ? [] : [meanings.map((meaning) => `- ${cell(meaning)}`).join("\n")]),
        ...(entries === undefined ? [] : ["Settings of each entry:", ...table(entries)]),
    ].join("\n\n");
}

function kindSection(key: string, variant: JsonSchema, groups: readonly SharedSettings[]): string {
    const { kind, ...others } = propertiesOf(variant);
    const title = `#### keep:${key}, kind: ${String(kind?.const)}`;
    const settings = settingsOf({ ...variant, properties: others }, groups);
    return [title, cell(sentence(kind?.description ?? "")), ...table(settings)].join("\n\n");
}

function groupSection(group: SharedSettings, groups: readonly SharedSettings[]): string {
    const others = groups.filter((candidate) => candidate !== group);
    return [`### ${group.title}`, group.introduction, ...table(settingsOf(group.schema, others))].join("\n\n");
}

function table({ own, shared }: ObjectSettings): string[] {
    const lines = own.map(
        ({ path, type, default: value, required, description }) =>
            `| \`${path}\` | ${cell(type)} | ${required ? "**required**" : (value ?? "")} | ${cell(description)} |`,
    );
    const links = [...new Set(shared.map(({ group }) => group))].map((group) => {
        const link = `[${group.title}](#${group.title.toLowerCase().replaceAll(" ", "-")})`;
        const paths = shared.filter((one) => one.group === group).map(({ path }) => path);
        return paths.includes("")
            ? `${lines.length === 0 ? "All" : "And all"} of ${link}.`
            : `Below ${paths.map(code).join(", ")}: ${link}.`;
    });
    const head = ["| setting | type | default | purpose |", "| --- | --- | --- | --- |"];
    return [
        ...(lines.length === 0 ? [] : [[...head, ...lines].join("\n")]),
        ...(links.length === 0 ? [] : [links.join(" ")]),
    ];
}

function secretsSection(): string {
    const lines = Object.entries(secretKeys).map(
        ([key, { description }]) =>
            `| \`keep:${key}\` | ${cell(description)} | \`pulumi config set --secret keep:${key}\` |`,
    );
    return [
        "## Secrets",
        "Set these keys with `--secret`. The stack file stores them encrypted; the program rejects them in plain text. The program generates all other passwords, and Pulumi stores them in the stack's state.",
        ["| key | purpose | how to set it |", "| --- | --- | --- |", ...lines].join("\n"),
    ].join("\n\n");
}

/** Text for a Markdown table: keys and YAML as code, short links, escaped HTML. */
function cell(text = ""): string {
    return text
        .replaceAll("|", "\\|")
        .replaceAll("<", "&lt;")
        .replace(/\(as in Kubernetes: (\S+)\)/g, "([as in Kubernetes]($1))")
        .replace(/\{(?:[^{}]|\{[^{}]*\})*\}|\bkeep:\w+(?:\.\w+)*/g, (match) => `\`${match}\``);
}

/** Descriptions are written for table cells. Outside of a table, they need a capital letter and a full stop. */
function sentence(text: string): string {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
