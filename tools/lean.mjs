// Skips the parts of the Pulumi SDK that a preview does not use. They take more than half of the SDK's loading time.
import module, { createRequire } from "node:module";

/**
 * Packages with which the SDK serializes functions: the TypeScript compiler and npm's resolver. A preview uses them
 * only if the stack has a dynamic resource, such as the one that removes Keep's Secrets from a shared namespace.
 */
const RARELY_USED = ["typescript", "@npmcli/arborist"];

/** Call it before the SDK is loaded. `traces` keeps the stack traces of errors. */
export function loadLeanly(require, { traces = false } = {}) {
    const sdk = createRequire(require.resolve("@pulumi/pulumi"));
    for (const name of RARELY_USED) {
        loadWhenUsed(sdk, name);
    }
    if (!traces) {
        // The SDK takes a stack trace for every resource and promise.
        Error.stackTraceLimit = 0;
    }
}

/** Adds a proxy to the module cache that loads the package on first use. */
function loadWhenUsed(require, name) {
    const file = require.resolve(name);
    let loaded;
    const load = () => {
        if (loaded === undefined) {
            delete require.cache[file];
            loaded = require(file);
        }
        return loaded;
    };
    const lazy = new module.Module(file);
    lazy.filename = file;
    lazy.loaded = true;
    // Compiled imports read __esModule first. If it is missing, they copy all exports, which would load the package.
    lazy.exports = new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : Reflect.get(load(), key)) });
    require.cache[file] = lazy;
}
