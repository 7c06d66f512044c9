import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { parse } from "yaml";

import type * as z from "zod";

import { loadConfig } from "../../components/settings/stackFile";
import { stackJsonSchema } from "../../components/settings/knownKeys";
import { stackSchema } from "../../components/settings/schema";
import { type SecretKeyName, secretKeys } from "../../components/secrets/settings";
import { Keep } from "../../components/keep";
import { runProgram } from "../../tools/inProcess/runProgram";
import { parseCommandLine } from "../../tools/preview/commandLine";
import { readArgs } from "../../tools/render/main";
import { pages, pageText, root } from "./pages";
import { pulumiFaults } from "./pulumiCommands";
import { settingsIn } from "./settings";
import { anchorsOf, commandsOf, type Snippet, snippetsOf } from "./snippets";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** A stack file's piece with the secrets that the commands after it set. */
interface Recipe {
    readonly place: string;
    readonly config: Record<string, unknown>;
    readonly secrets: readonly SecretKeyName[];
}

function recipesOf(snippets: readonly Snippet[]): Recipe[] {
    return snippets.flatMap(({ heading, line, language, text }, index) => {
        const next = snippets[index + 1];
        const commands = next?.language === "bash" ? next.text : "";
        const config = language === "yaml" ? settingsIn(parse(text)) : undefined;
        if (config === undefined) {
            return [];
        }
        const isSecret = (key: string) => key.replace(/^keep:/, "") in secretKeys;
        const own = Object.keys(config)
            .filter(isSecret)
            .map((key) => key.replace(/^keep:/, "") as SecretKeyName);
        const plain = Object.entries(config).filter(([key]) => key.startsWith("keep:") && !isSecret(key));
        const place = `${heading}, line ${line}`;
        return [{ place, config: Object.fromEntries(plain), secrets: [...own, ...secretsIn(commands)] }];
    });
}

type Schema = z.core.JSONSchema.BaseSchema;

/** Whether a setting exists, whichever kinds it takes to have it; names in a map are anybody's. */
function hasSetting([key = "", ...path]: readonly string[]): boolean {
    const found = path.reduce<Schema[]>(
        (schemas, step) =>
            schemas.flatMap(branches).flatMap(({ properties, additionalProperties }) => {
                const inner = properties?.[step] ?? additionalProperties;
                return typeof inner === "object" ? [inner] : [];
            }),
        [stackJsonSchema().properties?.[key]].filter((schema) => typeof schema === "object"),
    );
    return found.length > 0 || key in secretKeys;
}

function branches(schema: Schema): Schema[] {
    const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((branch) => typeof branch === "object");
    return [schema, ...inner.flatMap(branches)];
}

function secretsIn(commands: string): SecretKeyName[] {
    return [...commands.matchAll(/config set --secret keep:(\w+)/g)].map(([, key]) => key as SecretKeyName);
}

async function deployed({ config, secrets }: Recipe): Promise<number> {
    const settings = { "keep:publicUrl": "http://keep.localhost", ...config };
    const values = Object.entries(settings).map(([key, value]) => [
        key,
        // What an environment of Pulumi ESC fills in.
        (typeof value === "string" ? value : JSON.stringify(value)).replace(/\$\{[^}]*\}/g, "example.com"),
    ]);
    const { resources } = await runProgram(() => new Keep("keep", loadConfig()), {
        config: {
            ...(Object.fromEntries(values) as Record<string, string>),
            ...Object.fromEntries(secrets.map((key) => [`keep:${key}`, secretKeys[key].example])),
        },
        secretKeys: secrets.map((key) => `keep:${key}`),
    });
    return resources.length;
}

for (const file of pages) {
    const markdown = pageText(file);

    describe(file, () => {
        // Recipes may name directories of files to provision.
        const cwd = process.cwd();
        const folder = mkdtempSync(join(tmpdir(), "recipes-"));
        before(() => {
            cpSync("test/support/provision", join(folder, "provision"), { recursive: true });
            process.chdir(folder);
        });
        after(() => {
            process.chdir(cwd);
            rmSync(folder, { recursive: true });
        });

        for (const recipe of recipesOf(snippetsOf(markdown))) {
            it(`has a recipe that deploys: ${recipe.place}`, async () => {
                assert.ok((await deployed(recipe)) > 20);
            });
        }

        it("names npm scripts that exist", () => {
            const named = commandsOf(markdown).flatMap((command) => {
                const match = /^npm (?:run (?:--silent )?([\w:-]+)|(start|test|cit|ci)\b)/.exec(command);
                return match === null ? [] : [match[1] ?? match[2] ?? ""];
            });
            const own = ["ci", "cit"];

            assert.deepEqual(
                named.filter((name) => !(name in scripts) && !own.includes(name)),
                [],
            );
        });

        it("gives npm start options that it has", () => {
            for (const command of commandsOf(markdown).filter((one) => /^npm start .*-- /.test(one))) {
                const args = command.replace(/^npm start .*?-- /, "").split(" ");
                // A placeholder such as <base> stands for a word.
                const words = args.map((word) => word.replace(/^<.*>$/, "word"));

                assert.doesNotThrow(() => parseCommandLine(words), command);
            }
        });

        it("gives npm run render options that it has", () => {
            for (const command of commandsOf(markdown).filter((one) => one.startsWith("npm run render -- "))) {
                const words = [...command.replace(/^npm run render -- /, "").matchAll(/'([^']*)'|(\S+)/g)];

                assert.doesNotThrow(() => readArgs(words.map(([, quoted, plain]) => quoted ?? plain ?? "")), command);
            }
        });

        it("calls Pulumi as it can be called", () => {
            assert.deepEqual(commandsOf(markdown).flatMap(pulumiFaults), []);
        });

        it("sets keys that exist, and as secret those that are", () => {
            const set = commandsOf(markdown).flatMap((command) => {
                const match = /config set (--path |--secret )?keep:(\w+)/.exec(command);
                return match === null ? [] : [{ key: match[2] ?? "", isSecret: match[1] === "--secret " }];
            });

            assert.deepEqual(
                set.filter(({ key, isSecret }) => !(key in (isSecret ? secretKeys : stackSchema.shape))),
                [],
            );
        });

        it("names settings that exist", () => {
            const named = commandsOf(markdown).flatMap((code) => /^keep:([a-z][\w.]*)$/i.exec(code)?.[1] ?? []);

            assert.deepEqual(
                named.filter((path) => !hasSetting(path.split("."))),
                [],
            );
        });

        it("links to files and headings that exist", () => {
            const targets = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
            const broken = targets.filter((target) => {
                const [path = "", anchor] = target.split("#");
                const linked = join(root, dirname(file), path);
                const isWhole = path === "" ? true : existsSync(linked);
                const text =
                    path === "" ? markdown : path.endsWith(".md") && isWhole ? readFileSync(linked, "utf8") : "";
                return (
                    // ../../actions is GitHub's own, beside the tree of files.
                    !/^(https?:|\.\.\/\.\.\/actions\/)/.test(target) &&
                    !(isWhole && (anchor === undefined || anchorsOf(text).includes(anchor)))
                );
            });

            assert.deepEqual(broken, []);
        });
    });
}
