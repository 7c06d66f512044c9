/**
 * Collects unhandled rejections, such as an error inside an `apply`.
 *
 * Meanwhile it removes all other listeners, because a test runner's listener would end the process or fail another
 * test.
 */
export class Rejections {
    private readonly found = new Set<unknown>();
    private readonly others = process.listeners("unhandledRejection");

    private readonly onRejection = (reason: unknown): void => {
        // An error can reject several promises, with the same object.
        this.found.add(reason);
    };

    constructor() {
        process.removeAllListeners("unhandledRejection");
        process.on("unhandledRejection", this.onRejection);
    }

    /** Restores the other listeners. */
    public stop(): void {
        process.off("unhandledRejection", this.onRejection);
        for (const other of this.others) {
            process.on("unhandledRejection", other);
        }
    }

    /** Adds an error that was caught. */
    public add(reason: unknown): void {
        this.found.add(reason);
    }

    /** Distinct errors in the order of their occurrence. */
    public get errors(): Error[] {
        return [...this.found].map((reason) => (reason instanceof Error ? reason : new Error(String(reason))));
    }
}
