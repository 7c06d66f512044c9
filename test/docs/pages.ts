import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The repository. */
export const root = join(__dirname, "..", "..");

/** Folders without such files. Other tests write and delete files in them at the same time. */
const NO_PAGES = /^(test|coverage|dist|node_modules|\..*)$/;

/** Every Markdown file that people read, by its path from the repository. */
export const pages: readonly string[] = readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !NO_PAGES.test(name))
    .flatMap((entry) =>
        entry.isDirectory()
            ? readdirSync(join(root, entry.name), { recursive: true, encoding: "utf8" }).map((file) =>
                  join(entry.name, file),
              )
            : entry.name,
    )
    .filter((file) => file.endsWith(".md") && !/(^|\/)node_modules\//.test(file))
    .sort();

/** The text of a page. */
export function pageText(page: string): string {
    return readFileSync(join(root, page), "utf8");
}
