// Runs one of the programs beside it, as it is or as `npm start` runs its own: node program.mjs [--lean] <file.ts> [argument…]
import { loadLeanly } from "../lean.mjs";
import { requireTypeScript } from "../typescript.mjs";

const require = requireTypeScript(import.meta.url);
if (process.argv[2] === "--lean") {
    process.argv.splice(2, 1);
    loadLeanly(require);
}
require(process.argv[2]);
