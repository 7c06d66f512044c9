import * as pulumi from "@pulumi/pulumi";

/**
 * The error that ends the program because of a user's mistake, without a stack trace. Pulumi's host omits the trace of
 * a RunError only until the program's modules have run, and prints it for an error in a promise
 * (pulumi/pulumi, sdk/nodejs/cmd/run/index.ts).
 */
export function rejection(message: string): pulumi.RunError {
    const error = new pulumi.RunError(message);
    error.stack = message;
    return error;
}
