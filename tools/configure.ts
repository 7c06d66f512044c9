import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { input, select } from "@inquirer/prompts";
import { parseDocument } from "yaml";
import * as z from "zod";

import { readArguments } from "../components/settings/arguments";
import { resolve } from "../components/settings/resolve";
import { parseArguments, runCommand } from "./command";
import { type Answers, defaultOf, QUESTIONS, settingsOf } from "./configure/questions";
import { engineYaml } from "./preview/engineYaml";
import { valueOf } from "./preview/expanded";
import { onlyStack } from "./preview/commandLine";
import { UserError, userMessage } from "./preview/userError";
import { readText } from "./textFile";

const USAGE = `Asks at most eleven questions and writes the stack file of a new stack.

  npm run configure -- team
  npm run configure -- team --answers answers.yaml    without questions, for scripts

The file has a value for each of these names. If a name is missing, its default is used:
${QUESTIONS.map(({ name, message }) => `  ${name.padEnd(14)} ${message}`).join("\n")}`;

const OPTIONS = { answers: { type: "string" }, help: { type: "boolean", short: "h" } } as const;

/** Asks the questions at the terminal. */
async function ask(): Promise<Answers> {
    const answers: Record<string, string> = {};
    for (const question of QUESTIONS) {
        const { name, message, choices, isAsked } = question;
        if (!(isAsked?.(answers) ?? true)) continue;
        const initial = defaultOf(question, answers);
        const validate = (answer: string) => rejectionOf({ ...answers, [name]: answer }) ?? true;
        answers[name] =
            choices === undefined
                ? await input({ message, default: initial, validate })
                : await select({ message, choices: [...choices(answers)], default: initial });
    }
    return answers;
}

/**
 * Settings of the answers.
 * @throws UserError or RunError if the program rejects them
 */
function checkedSettings(answers: Answers): Record<string, unknown> {
    // The choices of other questions follow from this answer, so a mistake in it would be reported at those.
    if (answers.publicUrl !== undefined) check({ publicUrl: answers.publicUrl, ingress: { kind: "external" } });
    const settings = settingsOf(answers);
    check(settings);
    return settings;
}

function check(settings: Record<string, unknown>): void {
    resolve({ ...readArguments("keep", settings as { publicUrl: string }), title: "the answers", namespace: "keep:" });
}

/** The issues of the answers so far, with the defaults of the other questions; undefined if there are none. */
export function rejectionOf(answers: Answers): string | undefined {
    try {
        checkedSettings(answers);
        return undefined;
    } catch (error) {
        const message = userMessage(error);
        if (message === undefined) throw error;
        return message.replace(/^.*:\n/, "").trimStart();
    }
}

/**
 * Writes the stack file that the answers describe, and returns its path.
 * @throws UserError if the file exists, or if the program rejects the resulting stack
 */
export function writeStack(root: string, stack: string, answers: Answers): string {
    const path = join(root, `Pulumi.${stack}.yaml`);
    if (existsSync(path))
        throw new UserError(`Pulumi.${stack}.yaml exists already. Edit it, or choose another stack name.`);
    const settings = checkedSettings(answers);
    const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`keep:${key}`, value]));
    const head = "# yaml-language-server: $schema=docs/stack.schema.json\n";
    writeFileSync(path, head + engineYaml({ config }));
    return path;
}

/**
 * Reads a file of answers.
 * @throws UserError if it is not a YAML object of names and answers, or answers yes or no to another question
 */
export function readAnswers(file: string): Answers {
    const value = valueOf(parseDocument(readText(file)), file);
    const result = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).safeParse(value);
    if (!result.success) {
        throw new UserError(
            `${file}: is not a YAML object of names and answers. Write one line for each answer, such as database: postgres.`,
        );
    }
    return Object.fromEntries(
        Object.entries(result.data).map(([name, answer]) => {
            if (typeof answer !== "boolean") return [name, String(answer)];
            const question = QUESTIONS.find((one) => one.name === name);
            if (question !== undefined && question.choices?.({}).includes("yes") !== true) {
                throw new UserError(
                    `${file}: ${name} (${String(answer)}) is a boolean, but the question is: ${question.message}. Answer it, or leave it out for the default, ${question.initial}.`,
                );
            }
            return [name, answer ? "yes" : "no"];
        }),
    );
}

async function main(args: readonly string[]): Promise<number> {
    const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
    if (values.help === true || positionals.length === 0) {
        console.error(USAGE);
        return values.help === true ? 0 : 2;
    }
    const stack = onlyStack(positionals, "npm run configure -- team");
    if (values.answers === undefined && !process.stdin.isTTY) {
        throw new UserError(
            "the questions need a terminal. Run the command in one, or give the answers in a file: --answers answers.yaml",
        );
    }
    const answers = values.answers === undefined ? await ask() : readAnswers(values.answers);
    console.log(`Wrote ${writeStack(process.cwd(), stack, answers)}. See what it creates: npm start -- ${stack}`);
    return 0;
}

if (require.main === module) {
    void runCommand(() => main(process.argv.slice(2)));
}
