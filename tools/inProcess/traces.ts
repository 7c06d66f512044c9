/**
 * Makes stack traces cheap, and gives back what puts them right again. The SDK takes one for every resource and for every
 * promise that it waits for, which is half of what a program costs, and twice that where traces are mapped to TypeScript.
 *
 * The one frame that is left tells where an error was thrown; it is mapped when it is read, which is afterwards.
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
