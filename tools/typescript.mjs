// Makes `require` take our TypeScript, at the least cost.
import module, { createRequire } from "node:module";

/** Registers the loader and gives a `require` that takes TypeScript; `traces` keeps the stack traces of errors. */
export function requireTypeScript(from, { traces = false } = {}) {
    // Where it exists (Node ≥ 22), this saves compiling the SDKs anew on each run.
    module.enableCompileCache?.();
    const require = createRequire(from);
    const loadJavaScript = require.extensions[".js"];
    require("tsx/cjs/api").register();
    // Packages are JavaScript that Node takes as it is: looking for TypeScript in each of their files costs half as much
    // again as loading them.
    require.extensions[".js"] = loadJavaScript;
    process.setSourceMapsEnabled(traces);
    if (!traces) {
        // The Pulumi SDK takes a stack trace for every resource and promise, which is half of what a program costs.
        Error.stackTraceLimit = 0;
    }
    return require;
}
