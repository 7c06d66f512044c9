import { textLeaves } from "../settings/textLeaves";
import { conditionFault, foreachFault, type Names, tagFault } from "./expressions";

/** A problem of a text, by its path in a workflow. */
interface Problem {
    readonly path: string[];
    readonly message: string;
}

type Content = Readonly<Record<string, unknown>>;

/** What Keep cannot render in a workflow, as the rest of a sentence about a text. */
export function checkTexts(workflow: Content): Problem[] {
    const parts = ["steps", "actions"].flatMap((part) =>
        listOf(workflow[part]).map((step, index) => ({ step, path: [part, String(index)] })),
    );
    // `this` is the step before (keep/contextmanager/contextmanager.py, set_step_context). An action of elsewhere has its name there.
    const steps = ["this", ...parts.map(({ step }) => String(step.use === undefined ? step.name : ""))];
    const conditions = parts.flatMap(({ step }) =>
        listOf(step.condition).flatMap(({ alias, name }) => [alias, name].map(String)),
    );
    const isWhole = parts.every(({ step }) => step.use === undefined);
    const names = {
        steps,
        consts: Object.keys(objectOf(workflow.consts)),
        conditions: isWhole ? conditions : undefined,
    };
    return [
        ...parts
            .flatMap(({ step, path }) => textLeaves(renderedOf(step, path[0] === "actions"), path))
            .flatMap(({ path, text }) => messagesOf(path, notRendered(text) ?? tagFault(text, names))),
        ...parts.flatMap(({ step, path }) => [
            ...faultOf(step.if, [...path, "if"], conditionFault),
            ...faultOf(step.foreach, [...path, "foreach"], (text) => foreachFault(text, names)),
        ]),
        ...textLeaves(workflow).flatMap(({ path, text }) => messagesOf(path, unknownName(text, names))),
    ];
}

function messagesOf(path: readonly string[], message: string | undefined): Problem[] {
    return message === undefined ? [] : [{ path: [...path], message }];
}

function faultOf(value: unknown, path: readonly string[], check: (text: string) => string | undefined): Problem[] {
    return typeof value === "string" ? messagesOf(path, check(value)) : [];
}

/** Texts that Keep renders when it runs a step (keep/step/step.py, _run_single). Actions of the provider keep render theirs themselves. */
function renderedOf(step: Content, isAction: boolean): Content {
    const provider = objectOf(step.provider);
    const isOwn = isAction && provider.type === "keep";
    return {
        if: step.if,
        condition: step.condition,
        alias: step.alias,
        ...(!isOwn && { provider: { with: provider.with } }),
    };
}

/**
 * Why Keep fails to render a text, each time (keep/iohandler/iohandler.py): it counts braces and brackets, also those of plain text, and
 * takes what is between `keep.` and the next bracket for the name of a function.
 */
function notRendered(text: string): string | undefined {
    const count = (part: string) => text.split(part).length - 1;
    if (count("{{") !== count("}}")) {
        return "must have as many {{ as }}, or Keep does not render it. Write a blank between two braces of other text";
    }
    if (count("(") !== count(")")) {
        return "must have as many ( as ), or Keep does not render it. Add or remove one";
    }
    return /keep\.(?!\w+\()[^(]*\(/.test(text)
        ? "has keep. before a bracket, which Keep reads as one of its functions. Move it behind the last bracket"
        : undefined;
}

/** Why a name in braces is one of nothing: Keep fails, or renders nothing. A name may have blanks. */
function unknownName(text: string, names: Names): string | undefined {
    for (const [, inside = ""] of text.matchAll(/\{\{([^}]*)\}\}/g)) {
        for (const [, root = "", rest = ""] of inside.matchAll(/(?<![\w.-])(steps|consts)\.(\S[^]*)/g)) {
            const known = root === "steps" ? names.steps : names.consts;
            if (!known.some((name) => name === "" || startsWith(rest, name))) {
                const [name = ""] = /^[^\s.[)|,]*/.exec(rest) ?? [];
                return `has {{ ${root}.${name} }}, but ${root} of the workflow has no ${name}. Correct the name`;
            }
        }
    }
    return undefined;
}

function startsWith(text: string, name: string): boolean {
    return text.startsWith(name) && !/^[\w-]/.test(text.slice(name.length));
}

function listOf(value: unknown): Content[] {
    return Array.isArray(value) ? value.map(objectOf) : [];
}

function objectOf(value: unknown): Content {
    return typeof value === "object" && value !== null ? { ...value } : {};
}
