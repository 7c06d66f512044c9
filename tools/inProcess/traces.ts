/**
 * Limits stack traces to one frame, and returns a function that restores them. The SDK captures a stack trace for each
 * resource and each promise that it waits for. This takes half of a program's run time, or more with source maps.
 *
 * The remaining frame shows where an error was thrown. It is mapped to TypeScript when it is read, after the program.
 */
export function cheapTraces(): () => void {
    const { stackTraceLimit } = Error;
    const { sourceMapsEnabled } = process;
    Error.stackTraceLimit = Math.min(stackTraceLimit, 1);
    process.setSourceMapsEnabled(false);
    return () => {
        Error.stackTraceLimit = stackTraceLimit;
        process.setSourceMapsEnabled(sourceMapsEnabled);
    };
}
