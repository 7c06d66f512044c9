import * as pulumi from "@pulumi/pulumi";

/** Takes what a program says by `pulumi.log` while it runs; without an engine it would go to the console. */
export class Logs {
    /** Texts given to `pulumi.log.warn`. */
    public readonly warnings: string[] = [];
    /** Texts given to `pulumi.log.info`. */
    public readonly notes: string[] = [];
    /** Texts given to `pulumi.log.error`, which fails a deployment. */
    public readonly errors: string[] = [];

    private readonly original = { ...pulumi.log };

    constructor() {
        Object.assign(pulumi.log, {
            warn: (message: string) => push(this.warnings, message),
            info: (message: string) => push(this.notes, message),
            error: (message: string) => push(this.errors, message),
        });
    }

    /** Gives `pulumi.log` its own functions back. */
    public stop(): void {
        Object.assign(pulumi.log, this.original);
    }
}

function push(list: string[], message: string): Promise<void> {
    list.push(message);
    return Promise.resolve();
}
