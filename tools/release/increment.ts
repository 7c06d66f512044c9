import { satisfies, valid } from "semver";

import { announcesBreak, BREAKING } from "./changelog";

/**
 * Why a version cannot be the next one; undefined when it can. A range `^` of the last one includes every version that changes a
 * stack in place: before 1.0.0 those of the same minor, later those of the same major version.
 */
export function incrementProblem(changelog: string, last: string, next: string): string | undefined {
    if (valid(next) !== next) {
        return `${next} is not a version. Give one such as 1.2.3, or major, minor or patch`;
    }
    return announcesBreak(changelog) && satisfies(next, `^${last}`)
        ? `CHANGELOG.md has "${BREAKING}" under Unreleased, so ${next} is too small a step from ${last}. Run: npm run release -- ${last.startsWith("0.") ? "minor" : "major"}`
        : undefined;
}
