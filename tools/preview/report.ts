import { isRecord } from "../inProcess/secrets";
import type { Colors } from "./colors";
import type { Preview } from "./project";
import { countsOf, inWords } from "./summary";
import { drawTree } from "./tree";

/** The output of `npm start`: tree, outputs, notes, warnings and counts. */
export function report(preview: Preview, colors: Colors): string {
    const { settings, resources, outputs } = preview;
    const sections = [
        drawTree(resources, colors),
        section("Outputs", table(flat(outputs)), colors.bold),
        ...remarks(preview, colors),
        settings.encryptedKeys.length === 0
            ? ""
            : `Encrypted secrets, shown with placeholder values: ${settings.encryptedKeys.join(", ")}`,
        colors.bold(inWords(countsOf(resources))),
    ];
    return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

/** The notes and the warnings of the program, as a section each; none without them. */
export function remarks({ notes, warnings }: Pick<Preview, "notes" | "warnings">, colors: Colors): string[] {
    return [
        section("Notes", notes.map(listItem), colors.bold),
        section("Warnings", warnings.map(listItem), (text) => colors.bold(colors.yellow(text))),
    ].filter((text) => text !== "");
}

function section(title: string, lines: readonly string[], emphasis: (text: string) => string): string {
    return lines.length === 0 ? "" : [emphasis(title), ...lines].join("\n");
}

function listItem(text: string): string {
    return `  - ${text.trim().replaceAll("\n", "\n    ")}`;
}

/** Outputs by name; fields of objects by their path. */
function flat(outputs: Readonly<Record<string, unknown>>, prefix = ""): [string, string][] {
    return Object.entries(outputs).flatMap(([key, value]) =>
        isRecord(value)
            ? flat(value, `${prefix}${key}.`)
            : [[prefix + key, typeof value === "string" ? value : JSON.stringify(value)]],
    );
}

function table(rows: readonly [string, string][]): string[] {
    const width = Math.max(0, ...rows.map(([key]) => key.length));
    return rows.map(([key, value]) => `  ${key.padEnd(width)}  ${value}`);
}
