import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

import { UserError } from "./preview/userError";

/**
 * Reads a file, or standard input for `-`.
 * @param name the file in messages
 * @throws UserError if it is not UTF-8
 */
export function readText(path: string, name = path): string {
    const bytes = readFileSync(path === "-" ? 0 : path);
    if (!isUtf8(bytes)) {
        throw new UserError(
            `${name} is not UTF-8 text. Save it as UTF-8, in PowerShell 5.1 by | Out-File -Encoding utf8`,
        );
    }
    return bytes.toString();
}
