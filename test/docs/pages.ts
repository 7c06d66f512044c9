import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository. */
export const root = join(__dirname, "..", "..");

/** Every Markdown file that people read, by its path from the repository. */
export const pages: readonly string[] = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !/^(test|coverage|dist|\.[^/]+)\/|(^|\/)node_modules\//.test(file))
    .sort();

/** The text of a page. */
export function pageText(page: string): string {
    return readFileSync(join(root, page), "utf8");
}
