import { chartTable } from "../fromChart/table";
import { configurationPage } from "./configuration";
import { pulumiYaml } from "./pulumiYaml";
import { stackFileSchema } from "./stackSchema";

/** A file that is generated, as a whole or in part. */
export interface Document {
    /** Path from the repository's root. */
    readonly file: string;
    /** What it should hold. */
    readonly content: string;
    /** What it holds; undefined when it does not exist. */
    readonly present: string | undefined;
}

const GENERATORS: Readonly<Record<string, (present: string) => string>> = {
    "docs/configuration.md": configurationPage,
    "docs/from-the-chart.md": chartTable,
    "docs/stack.schema.json": () => `${JSON.stringify(stackFileSchema(), null, 2)}\n`,
    "Pulumi.yaml": pulumiYaml,
};

/** Everything that is generated from the configuration's schema. `read` fails for a file that does not exist. */
export function documents(read: (file: string) => string): Document[] {
    return Object.entries(GENERATORS).map(([file, generate]) => {
        const present = attempt(() => read(file));
        return { file, present, content: generate(present ?? "") };
    });
}

function attempt(read: () => string): string | undefined {
    try {
        return read();
    } catch {
        return undefined;
    }
}
