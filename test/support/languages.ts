import { spawnSync } from "node:child_process";

/** The languages of `examples/`, with the programs that Pulumi needs for each beside its own CLI. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
    go: ["pulumi-language-go", "go"],
    java: ["pulumi-language-java", "mvn"],
    python: ["pulumi-language-python", "python3"],
    yaml: ["pulumi-language-yaml"],
};

/** Those of the languages that can be run here; prints one line for each that cannot. */
export function installedLanguages(languages: readonly string[] = Object.keys(LANGUAGES)): string[] {
    return languages.filter((language) => {
        // Language hosts serve until they are ended, so they are only looked for.
        const absent = ["pulumi", ...(LANGUAGES[language] ?? [])].filter(
            (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
        );
        if (absent.length > 0) {
            console.log(`  skipped: no ${absent.join(", no ")} on the PATH, so the example in ${language} is left out`);
        }
        return absent.length === 0;
    });
}
