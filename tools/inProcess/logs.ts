import * as pulumi from "@pulumi/pulumi";

/**
 * Collects the messages of `pulumi.log` while a program runs. Without an engine, the SDK would print them to the
 * console.
 */
export class Logs {
    /** Messages of `pulumi.log.warn`. */
    public readonly warnings: string[] = [];
    /** Messages of `pulumi.log.info`. */
    public readonly notes: string[] = [];
    /** Messages of `pulumi.log.error`, which make a deployment fail. */
    public readonly errors: string[] = [];

    private readonly original = { ...pulumi.log };

    constructor() {
        Object.assign(pulumi.log, {
            warn: (message: string) => push(this.warnings, message),
            info: (message: string) => push(this.notes, message),
            error: (message: string) => push(this.errors, message),
        });
    }

    /** Restores the functions of `pulumi.log`. */
    public stop(): void {
        Object.assign(pulumi.log, this.original);
    }
}

function push(list: string[], message: string): Promise<void> {
    list.push(message);
    return Promise.resolve();
}
