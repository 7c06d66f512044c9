import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

/** Version of this project, from package.json. */
export function projectVersion(): string {
    const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
    return z.object({ version: z.string() }).parse(manifest).version;
}
