import { chartTable } from "../fromChart/table";
import { architecture } from "./architecture";
import { badges, compatibilityTable } from "./compatibility";
import { configurationPage } from "./configuration";
import { environmentTables } from "./environment";
import { kindsTable, recipes, supportTable } from "./ingress";
import { licensesTable } from "./licenses";
import { prodResources } from "./prodStack";
import { pulumiYaml } from "./pulumiYaml";
import { changesTable } from "./changes";
import { sizesTable } from "./sizing";
import { capacityTable, faultsTable } from "./reliability";
import { SCHEMA_FILE, schemaText } from "./stackSchema";
import { terminalPicture } from "./terminal";

/** A file that is generated, as a whole or in part. */
export interface Document {
    /** Path from the repository's root. */
    readonly file: string;
    /** The file's new content, given its present content. */
    readonly generate: (present: string) => string | Promise<string>;
}

/** All files that are generated from the schema, the stack files and the measurements. */
export const documents: readonly Document[] = [
    { file: "docs/configuration.md", generate: configurationPage },
    { file: "docs/chart-values.md", generate: (present) => between(present, "values", chartTable()) },
    {
        file: "docs/environment.md",
        generate: (present) =>
            Object.entries(environmentTables()).reduce((page, [name, text]) => between(page, name, text), present),
    },
    {
        file: "docs/ingress.md",
        generate: (present) =>
            between(between(between(present, "kinds", kindsTable()), "support", supportTable()), "recipes", recipes()),
    },
    {
        file: "docs/reliability.md",
        generate: (present) => between(between(present, "faults", faultsTable()), "capacity", capacityTable()),
    },
    { file: "docs/licenses.md", generate: (present) => between(present, "licenses", licensesTable()) },
    { file: "docs/upgrade.md", generate: (present) => between(present, "changes", changesTable()) },
    { file: "docs/sizing.md", generate: async (present) => between(present, "sizes", await sizesTable()) },
    { file: SCHEMA_FILE, generate: schemaText },
    { file: "docs/architecture.svg", generate: async () => architecture(await prodResources()) },
    { file: "docs/preview.svg", generate: terminalPicture },
    { file: "Pulumi.yaml", generate: pulumiYaml },
    {
        file: "README.md",
        generate: (present) => between(between(present, "badges", badges()), "compatibility", compatibilityTable()),
    },
];

/** Replaces the text between the two comments of a Markdown file that have this name. */
function between(present: string, name: string, text: string): string {
    const [begin, end] = [`<!-- ${name}: npm run docs writes from here -->`, `<!-- ${name}: to here -->`];
    const [from, to] = [present.indexOf(begin), present.indexOf(end)];
    if (from < 0 || to < from) {
        throw new Error(`the file has no part between "${begin}" and "${end}"`);
    }
    return `${present.slice(0, from + begin.length)}\n\n${text}\n\n${present.slice(to)}`;
}
