// Makes `require` take our TypeScript at the least cost. What is there for this (tsx, ts-node) looks into every file of every
// package as well, which takes a third of the time of a whole preview.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** In node_modules, so that `npm ci` empties it; a file's name is the hash of what it was made from. */
const cache = join(dirname(dirname(fileURLToPath(import.meta.url))), "node_modules", ".cache", "keep-on-pulumi");

/** Registers the loader and gives a `require` that takes TypeScript; `traces` names its lines in stack traces. */
export function requireTypeScript(from, { traces = false } = {}) {
    // Where it exists (Node ≥ 22), this saves compiling the SDKs anew on each run.
    module.enableCompileCache?.();
    const require = createRequire(from);
    require.extensions[".ts"] = (loaded, file) => {
        loaded._compile(toJavaScript(require, file, traces), file);
    };
    process.setSourceMapsEnabled(traces);
    return require;
}

function toJavaScript(require, fileName, inlineSourceMap) {
    const source = readFileSync(fileName, "utf8");
    const { version } = require("typescript/package.json");
    const key = createHash("sha256").update([version, inlineSourceMap ? fileName : "", source].join("\0"));
    const cached = join(cache, `${key.digest("hex")}.js`);
    try {
        return readFileSync(cached, "utf8");
    } catch {
        const typescript = require("typescript");
        const compilerOptions = {
            module: typescript.ModuleKind.CommonJS,
            target: typescript.ScriptTarget.ES2022,
            esModuleInterop: true,
            inlineSourceMap,
        };
        const { outputText } = typescript.transpileModule(source, { fileName, compilerOptions });
        keep(cached, outputText);
        return outputText;
    }
}

/** Written aside and renamed, so that a run beside this one never reads half a file. */
function keep(file, content) {
    try {
        mkdirSync(cache, { recursive: true });
        writeFileSync(`${file}.${process.pid}`, content);
        renameSync(`${file}.${process.pid}`, file);
    } catch {
        // A folder that is read-only costs time, and nothing else.
    }
}
