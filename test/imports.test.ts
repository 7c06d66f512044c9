import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import * as ts from "typescript";

/** Files of this project that a file imports, types included: the lint rule import-x/no-cycle leaves types out. */
function importsOf(file: string): string[] {
    return ts
        .preProcessFile(readFileSync(file, "utf8"))
        .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
        .map(({ fileName }) => `${join(dirname(file), fileName)}.ts`)
        .filter((imported) => existsSync(imported));
}

/** Imports that lead from a file back to itself, the first that is found; empty without any. */
function findCycle(files: readonly string[]): string[] {
    const finished = new Set<string>();
    const visit = (file: string, path: readonly string[]): string[] => {
        if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
        const found = finished.has(file) ? [] : cycleFrom(importsOf(file), [...path, file]);
        finished.add(file);
        return found;
    };
    const cycleFrom = (starts: readonly string[], path: readonly string[]): string[] => {
        for (const start of starts) {
            const cycle = visit(start, path);
            if (cycle.length > 0) return cycle;
        }
        return [];
    };
    return cycleFrom(files, []);
}

describe("The source files", () => {
    it("do not import each other in a circle, types included", () => {
        const files = ["components", "plugin", "tools"].flatMap((folder) =>
            readdirSync(folder, { encoding: "utf8", recursive: true })
                .filter((file) => file.endsWith(".ts"))
                .map((file) => join(folder, file)),
        );
        assert.ok(files.length > 250, "the folders were not read");
        assert.deepEqual(findCycle(files), []);
    });
});
