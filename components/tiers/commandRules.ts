import { PROCESS_TIERS } from "../component";
import { type ImagesConfig, tagOf } from "../fields/images";
import { issue } from "../fields/issue";
import type { Rule } from "../fields/rule";
import { IMAGE_PYTHON, KEEP_VERSION } from "../fields/version";
import { isLater } from "../tokens";

interface Command {
    readonly args?: readonly string[] | undefined;
    readonly command?: readonly string[] | undefined;
    readonly image?: string | undefined;
}

interface Settings extends Readonly<Record<(typeof PROCESS_TIERS)[number], Command>> {
    readonly images: ImagesConfig;
    readonly version: string;
}

/** A path in the packages of Keep's image (docker/Dockerfile.api), and the file of Keep that it names. */
const PACKAGES = /\/venv\/lib\/python(\d+\.\d+)\/(?:site-packages\/(keep\/[\w/]+)\.py\b)?/;

/**
 * Conditions on commands: they name no path of another Python than that of Keep's image. Other versions of Keep and builds of your own
 * can have any Python.
 */
export const commandRules: readonly Rule<Settings>[] = PROCESS_TIERS.map((tier) => (settings) => {
    const { images, version, [tier]: config } = settings;
    const isPublished = config.image === undefined && !isLater(images.backend) && !isLater(version);
    if (!isPublished || (tagOf(images.backend) ?? version) !== KEEP_VERSION) {
        return [];
    }
    return (["command", "args"] as const).flatMap((key) =>
        (config[key] ?? []).map((value, index) => {
            const [path, python, file] = PACKAGES.exec(value) ?? [];
            const way =
                file === undefined
                    ? `Write python${IMAGE_PYTHON}`
                    : `For gunicorn's -c, write python:${file.replaceAll("/", ".")}, which needs no path. Otherwise, write python${IMAGE_PYTHON}`;
            return (
                path !== undefined &&
                python !== IMAGE_PYTHON &&
                issue(
                    [tier, key, String(index)],
                    `names ${path}, but the image of Keep ${KEEP_VERSION} has Python ${IMAGE_PYTHON}, so the container would not start. ${way}`,
                )
            );
        }),
    );
});
