import * as z from "zod";

import { type DatabaseConfig, isServer } from "../database/settings";
import { type ImageName, type ImagesConfig } from "../fields/images";
import { issue, type Issue } from "../fields/issue";
import { computedText } from "../tokens";
import { FORMATS } from "./fileFormats";

/** What can read the files of a server. */
export const serverFiles = z.object({
    kind: z.string(),
    /** Version of the server, as far as its files depend on it; empty if the image does not name it. */
    version: z.string(),
    /** Image of the server; undefined in records of earlier versions. */
    image: z.string().optional(),
    /** Settings that the server applies only when it creates its files, by name. */
    settings: z.record(z.string(), z.string()),
});

/** What can read the files of a server. */
export type ServerFiles = z.infer<typeof serverFiles>;

/** What can read the files of a database in a volume of the program. */
export function filesOf(database: DatabaseConfig, images: ImagesConfig): ServerFiles {
    const { kind } = database;
    const { fixed = {} } = FORMATS[kind] ?? {};
    if (!isServer(database)) {
        return { kind, version: "", settings: {} };
    }
    const settings = Object.entries(fixed).map(([name, usual]) => [name, inBytes(database.settings[name] ?? usual)]);
    return { ...imageFiles(database.kind, images), settings: Object.fromEntries(settings) as Record<string, string> };
}

/** What can read the files of the server in an image. */
export function imageFiles(name: ImageName, images: ImagesConfig): ServerFiles {
    return {
        kind: name,
        version: computedText(images[name], (image) => FORMATS[name]?.versionOf(image) ?? ""),
        image: images[name],
        settings: {},
    };
}

/** A size in bytes, so that two formats of a size are equal. */
function inBytes(text: string): string {
    const [, digits = "", unit = ""] = /^(\d+)(k?)$/i.exec(text) ?? [];
    return digits === "" ? text : String(Number(digits) * (unit === "" ? 1 : 1024));
}

/** Issues of a server that does not start with the files of another one of its kind. */
export function fileIssues(was: ServerFiles, now: ServerFiles, volume: string): Issue[] {
    const unreadable = `, so the server would not start with the files in ${volume}. Undo the change; or ${
        now.kind === "redis"
            ? `let the workers process the queue, then remove keep:redis.volume for one deployment and add ${volume} to keep:allow.abandon`
            : "restore a dump into another volume"
    } (docs/upgrade.md)`;
    const areKnown = was.version !== "" && now.version !== "";
    const isReadable = !areKnown || FORMATS[now.kind]?.reads(now.version, was.version) !== false;
    const version = `images.${now.kind}`;
    return [
        ...(isReadable
            ? []
            : [issue(version, `is ${named(now.version)}, which cannot read files of ${was.version}${unreadable}`)]),
        ...(areKnown || !isOther(was, now)
            ? []
            : [
                  issue(
                      version,
                      `is not ${was.image ?? named(was.version)}, and one of both does not name its version, so the server may not start with the files in ${volume}. Undo the change; or, if the server reads the files, add ${volume} to keep:allow.abandon (docs/upgrade.md)`,
                      { value: now.image },
                  ),
              ]),
        ...Object.entries(was.settings)
            .filter(([name, value]) => now.settings[name] !== value)
            .map(([name, value]) =>
                issue(
                    ["database", "settings", name],
                    `differs from ${value}, its value when the database was created${unreadable}`,
                ),
            ),
    ];
}

/** A version in a message. */
function named(version: string): string {
    return /^\d/.test(version) ? `version ${version}` : version;
}

/** Images of Docker Hub whose tags name versions. */
const OFFICIAL =
    /^(docker\.io\/)?(postgres|mysql|redis)[:@]|(^|\/)(library\/(postgres|mysql|redis)|valkey\/valkey)[:@]/;

/**
 * Whether an image may be of another version than the earlier one, if one of both does not name it. Tags of a team's
 * own image are not compared.
 */
function isOther(was: ServerFiles, now: ServerFiles): boolean {
    if (was.image === undefined || now.image === undefined) {
        return was.version !== "" && now.version === "";
    }
    const isOwn = was.version === "" && now.version === "" && !OFFICIAL.test(now.image);
    const [before, after] = [was.image, now.image]
        .map(shortOf)
        .map((name) => (isOwn ? name.replace(/[:@].*/, "") : name));
    return before !== after;
}

/** An image without registry and path, and without a digest after its tag. */
function shortOf(image: string): string {
    return image.replace(/^.*\//, "").replace(/(:[^@]*)@.*$/, "$1");
}
