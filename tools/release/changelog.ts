/** Heading of changes that need a change of stack files, or that replace objects. */
export const BREAKING = "### Breaking";

/** The entry of a version in CHANGELOG.md, without its heading; undefined if it is missing or empty. */
export function entryOf(changelog: string, version: string): string | undefined {
    const [, after] = changelog.split(`\n## [${version}]`);
    const entry = after
        ?.replace(/^.*\n/, "")
        .split(/\n## \[|\n\[[^\]]+\]: /)[0]
        ?.trim();
    return entry === "" ? undefined : entry;
}

/** Whether unreleased changes are breaking. */
export function isBreaking(changelog: string): boolean {
    return entryOf(changelog, "Unreleased")?.split("\n").includes(BREAKING) ?? false;
}
