/** The heading under which a change is announced that needs a change of stack files, or replaces objects. */
export const BREAKING = "### Breaking";

/** What CHANGELOG.md says of a version, without its heading; undefined where it says nothing. */
export function entryOf(changelog: string, version: string): string | undefined {
    const [, after] = changelog.split(`\n## [${version}]`);
    const entry = after
        ?.replace(/^.*\n/, "")
        .split(/\n## \[|\n\[[^\]]+\]: /)[0]
        ?.trim();
    return entry === "" ? undefined : entry;
}

/** Whether what is not released yet is announced as breaking. */
export function announcesBreak(changelog: string): boolean {
    return entryOf(changelog, "Unreleased")?.split("\n").includes(BREAKING) ?? false;
}
