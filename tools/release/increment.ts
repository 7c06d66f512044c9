import { satisfies, valid } from "semver";

import { BREAKING, isBreaking } from "./changelog";

/**
 * Why `next` cannot follow the version `last`; undefined if it can. The range `^last` must only include versions
 * without breaking changes.
 */
export function incrementProblem(changelog: string, last: string, next: string): string | undefined {
    if (valid(next) !== next) {
        return `${next} is not a version. Give one such as 1.2.3, or major, minor or patch`;
    }
    return isBreaking(changelog) && satisfies(next, `^${last}`)
        ? `CHANGELOG.md has "${BREAKING}" under Unreleased, and npm's range ^${last} includes ${next}. Run: npm run release -- ${last.startsWith("0.") ? "minor" : "major"}`
        : undefined;
}
