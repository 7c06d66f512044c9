// What a preview can do without of the Pulumi SDK, which is more than half of what the SDK costs.
import module, { createRequire } from "node:module";

/**
 * What the SDK requires to turn functions into programs of their own: the TypeScript compiler and npm's resolver. A preview
 * comes to it only where a stack has a dynamic resource, as for the removal of Keep's Secrets in a namespace of others.
 */
const RARELY_USED = ["typescript", "@npmcli/arborist"];

/** To be called before the SDK is loaded; `traces` keeps the stack traces of errors. */
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

/** Puts a package into the cache of modules that loads itself when something of it is first asked for. */
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
    const standIn = new module.Module(file);
    standIn.filename = file;
    standIn.loaded = true;
    // Compiled imports look for __esModule first and would copy all of a module that has none, which is to use it.
    standIn.exports = new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : Reflect.get(load(), key)) });
    require.cache[file] = standIn;
}
