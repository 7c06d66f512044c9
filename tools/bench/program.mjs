// Runs a TypeScript file: node program.mjs [--lean] <file.ts> [argument…]. With --lean, loads it as `npm start` loads
// the program.
import { loadLeanly } from "../lean.mjs";
import { requireTypeScript } from "../typescript.mjs";

const require = requireTypeScript(import.meta.url);
if (process.argv[2] === "--lean") {
    process.argv.splice(2, 1);
    loadLeanly(require);
}
require(process.argv[2]);
