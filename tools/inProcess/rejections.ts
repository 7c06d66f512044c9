/**
 * Collects the errors that nobody awaits, such as a throw inside an `apply`, which Pulumi reports as unhandled rejections.
 *
 * While it collects it is the only listener, because a test runner's own one would end the process or fail another test.
 */
export class Rejections {
    private readonly found = new Set<unknown>();
    private readonly others = process.listeners("unhandledRejection");

    private readonly onRejection = (reason: unknown): void => {
        // One error rejects many promises, always as the same object.
        this.found.add(reason);
    };

    constructor() {
        process.removeAllListeners("unhandledRejection");
        process.on("unhandledRejection", this.onRejection);
    }

    /** Gives the listeners of before their place back. */
    public stop(): void {
        process.off("unhandledRejection", this.onRejection);
        for (const other of this.others) {
            process.on("unhandledRejection", other);
        }
    }

    /** Notes an error that was awaited after all. */
    public add(reason: unknown): void {
        this.found.add(reason);
    }

    /** Each error once, in the order they came. */
    public get errors(): Error[] {
        return [...this.found].map((reason) => (reason instanceof Error ? reason : new Error(String(reason))));
    }
}
