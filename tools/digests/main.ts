import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { images, imageOf, names } from "../../components/fields/images";
import { KEEP_VERSION } from "../../components/fields/version";
import { UserError } from "../preview/userError";
import { digestOf, registryUrl } from "./registry";

const FILE = join("components", "fields", "digests.ts");

/** All images that a stack can deploy by default, with their tags. */
export function defaultImages(): string[] {
    const config = images.parse({});
    return names.map((name) => imageOf(config, name, KEEP_VERSION, {}));
}

/**
 * Records the current digests of the default images.
 * @param check only compares, and writes nothing
 * @returns whether the file already had these digests
 * @throws UserError that lists all images without a digest; nothing is written then
 */
export async function recordDigests(root: string, check: boolean, urlOf = registryUrl): Promise<boolean> {
    const answers = await Promise.allSettled(
        defaultImages().map(async (image) => [image, await digestOf(image, urlOf)] as const),
    );
    const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [String(answer.reason)] : []));
    if (failures.length > 0) {
        const reasons = failures.map((failure) => `  - ${failure.replace(/^Error: /, "")}`).join("\n");
        throw new UserError(`No digest was recorded, because these images have none:\n${reasons}`);
    }
    const digests = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    const path = join(root, FILE);
    const present = readFileSync(path, "utf8");
    const [head = ""] = present.split(/(?<=Record<string, string>> = )/);
    const entries = digests.map(([image, digest]) => `    "${image}":\n        "${digest}",\n`);
    const text = `${head}{\n${entries.join("")}};\n`;
    if (!check) writeFileSync(path, text);
    return text === present;
}
