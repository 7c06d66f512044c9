/** A setting that has another name since a version. */
export interface Renamed {
    /** Path of the earlier name, without `keep:`. */
    readonly from: string;
    /** Path of the name now. */
    readonly to: string;
    /** The first version with this name. */
    readonly since: string;
}

/** A setting whose default is another one since a version. */
export interface ChangedDefault {
    /** Its path, without `keep:`. */
    readonly key: string;
    /** The default before. */
    readonly was: string;
    /** The first version with the default that it has now. */
    readonly since: string;
}

/**
 * Every setting with another name than in an earlier version. The error messages of an unknown setting, `npm run migrate` and
 * docs/upgrade.md follow from this list.
 */
export const RENAMED: readonly Renamed[] = [];

/** Every setting with another default than in an earlier version, for which a deployed stack would change its objects. */
export const CHANGED_DEFAULTS = [
    { key: "ingress.kind", was: "nginx", since: "0.2.0" },
] as const satisfies readonly ChangedDefault[];

/**
 * The name now of a setting, or of one within it, as a path; undefined where it has no other name.
 * @param renamed the list to look in
 */
export function presentPath(
    path: readonly string[],
    renamed = RENAMED,
): { readonly path: string[]; readonly since: string } | undefined {
    const row = renamed.find(({ from }) => `${path.join(".")}.`.startsWith(`${from}.`));
    return row && { path: [...row.to.split("."), ...path.slice(row.from.split(".").length)], since: row.since };
}
