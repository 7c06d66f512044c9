// Loads TypeScript in Pulumi's Node host: program.cjs uses it for the program, plugin/start.cjs for the plugin.
import { loadLeanly } from "./lean.mjs";
import { requireTypeScript } from "./typescript.mjs";

/**
 * A `require` for the file `from` that loads TypeScript. It takes a third of the time of the host's ts-node, which
 * loads the compiler in each run; `npm run bench` measures both.
 */
export function requireProgram(from) {
    const require = requireTypeScript(from, { traces: true });
    loadLeanly(require, { traces: true });
    return require;
}
