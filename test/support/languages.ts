import { isInstalled } from "./programs";

/** The languages of `examples/`, with the programs that Pulumi needs for each beside its own CLI. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
    go: ["pulumi-language-go", "go"],
    java: ["pulumi-language-java", "mvn"],
    python: ["pulumi-language-python", "python3"],
    yaml: ["pulumi-language-yaml"],
};

/** Those of the languages that can be run here; prints one line for each that cannot. */
export function installedLanguages(languages: readonly string[] = Object.keys(LANGUAGES)): string[] {
    return languages.filter((language) =>
        isInstalled(["pulumi", ...(LANGUAGES[language] ?? [])], `the example in ${language}`),
    );
}
