import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

const { name, repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    name: string;
    repository: { url: string };
};

describe("the address of the repository", () => {
    const address = repository.url.replace(/^git\+|\.git$/g, "");

    it("is that of package.json wherever it is written", () => {
        const files = execFileSync("git", ["ls-files", "*.md", "*.ts", "*.yaml", "*.yml", "*.json"], {
            cwd: ROOT,
            encoding: "utf8",
        });
        const written = files
            .trim()
            .split("\n")
            .flatMap((file) =>
                [...readFileSync(join(ROOT, file), "utf8").matchAll(/https:\/\/github\.com\/[^/\s]+\/([\w-]+)/g)]
                    .filter(([, repositoryName]) => repositoryName === name)
                    .map(([found]) => ({ file, found })),
            );

        assert.ok(written.length > 3);
        assert.deepEqual(
            written.filter(({ found }) => found !== address),
            [],
        );
    });
});
