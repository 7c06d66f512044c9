/** A critical finding of the linter. */
export interface Finding {
    /** Stack of the manifest. */
    readonly stack: string;
    /** The linter's ID of the check. */
    readonly check: string;
    /** Kind and name of the object, such as `Deployment keep-backend`. */
    readonly object: string;
    /** The linter's message. */
    readonly message: string;
}
