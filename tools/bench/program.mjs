// Runs one of the programs beside it as `npm start` runs its own: node program.mjs <file.ts> [argument…]
import { requireTypeScript } from "../typescript.mjs";

requireTypeScript(import.meta.url)(process.argv[2]);
