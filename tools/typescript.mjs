// Lets `require` load TypeScript. tsx and ts-node also inspect every file of every package, which takes a third of the
// time of a preview.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folder of compiled files, in node_modules so that `npm ci` deletes it. A file's name is the hash of its source and
 * options.
 */
const cache = join(dirname(dirname(fileURLToPath(import.meta.url))), "node_modules", ".cache", "keep-on-pulumi");

/** Registers the loader. Returns a `require` that loads TypeScript; with `traces`, stack traces show its lines. */
export function requireTypeScript(from, { traces = false } = {}) {
    // Caches the compiled SDKs between runs, in Node 22.1 or later.
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

/** Writes a temporary file and renames it, so that a concurrent run never reads an incomplete file. */
function keep(file, content) {
    try {
        mkdirSync(cache, { recursive: true });
        writeFileSync(`${file}.${process.pid}`, content);
        renameSync(`${file}.${process.pid}`, file);
    } catch {
        // Without a writable cache, the next run compiles again.
    }
}
