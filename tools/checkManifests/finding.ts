/** Something that a linter calls critical in a manifest. */
export interface Finding {
    /** Stack whose manifests they are. */
    readonly stack: string;
    /** The linter's own name of the check. */
    readonly check: string;
    /** Kind and name of the object, such as `Deployment keep-backend`. */
    readonly object: string;
    /** In the linter's words. */
    readonly message: string;
}
