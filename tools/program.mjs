// How Pulumi's host loads our TypeScript: the program by program.cjs, the plugin by plugin/start.cjs.
import { loadLeanly } from "./lean.mjs";
import { requireTypeScript } from "./typescript.mjs";

/**
 * A `require` for the file `from` that takes TypeScript. It costs a third of what the host's own ts-node does, because ts-node
 * loads the compiler for each run; `npm run bench` shows both.
 */
export function requireProgram(from) {
    const require = requireTypeScript(from, { traces: true });
    loadLeanly(require, { traces: true });
    return require;
}
