import type { RecordedResource } from "../inProcess/recordedResource";
import { isRecord } from "../inProcess/secrets";
import { providerAnswer } from "../inProcess/providerAnswers";
import { UserError } from "../preview/userError";

/** The source of a value in a Secret. The rendering knows no secrets, only placeholders. */
export type Source =
    /** A new password: 32 letters and digits, beginning with a letter (components/secrets/generated.ts). */
    | { readonly kind: "generated" }
    /**
     * A value that contains a secret of the stack file; `form` shows how, such as
     * `postgresql://keep:<databasePassword, percent-encoded>@db/keep`. A JSON object can have several lines.
     */
    | { readonly kind: "given"; readonly form: string; readonly isObject?: boolean }
    /**
     * Text that contains a generated password of the same Secret: `parts` alternates text and keys, and begins with
     * text.
     */
    | { readonly kind: "composed"; readonly parts: readonly string[] }
    /** A value that is not secret, such as the name of a user. */
    | { readonly kind: "fixed"; readonly text: string };

/** A Secret that must exist before the pods start. */
export interface NeededSecret {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly urn: string;
    readonly keys: ReadonlyMap<string, Source>;
}

/** The placeholder of an encrypted value: a quote as the program encodes it, and the name of the key. */
const MASK = /masked-("|%22|\\")?(\w+)/g;

/** How the program encodes a value, by the quote in its placeholder. */
const ENCODINGS: Readonly<Record<string, string>> = { "%22": ", percent-encoded", '\\"': ", escaped for JSON" };

/** Placeholders of encrypted values, by their keys without `keep:`. */
export type Encrypted = ReadonlyMap<string, string>;

/** The Secrets of a program, with the source of each value. */
export function neededSecrets(resources: readonly RecordedResource[], encrypted: Encrypted): NeededSecret[] {
    const generated = generatedPasswords(resources);
    return resources
        .filter(({ type }) => type === "kubernetes:core/v1:Secret")
        .map(({ inputs, physicalName = "", urn }) => {
            const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
            const values = texts(inputs.stringData);
            return {
                name: physicalName,
                namespace: typeof metadata.namespace === "string" ? metadata.namespace : "default",
                labels: Object.fromEntries(texts(metadata.labels)),
                urn,
                keys: new Map(
                    values.map(([key, value]) => [
                        key,
                        wholeSource(value, encrypted) ?? sourceOf(key, value, new Map(values), generated),
                    ]),
                ),
            };
        });
}

/**
 * The placeholders of all secrets: those of generated passwords, and the common prefix of those of encrypted values.
 */
export function placeholders(resources: readonly RecordedResource[]): string[] {
    return ["masked-", ...generatedPasswords(resources)];
}

function generatedPasswords(resources: readonly RecordedResource[]): string[] {
    return resources
        .filter(({ type }) => type.endsWith(":RandomPassword"))
        .map(({ type, name, urn, inputs }) => `k${String(providerAnswer(type, name, urn, inputs, "").outputs.result)}`);
}

/** The source of a value that the program passes on unchanged: the form of its placeholder is only that of an example. */
function wholeSource(value: string, encrypted: Encrypted): Source | undefined {
    const [key] = [...encrypted].find(([, placeholder]) => placeholder === value) ?? [];
    return key === undefined ? undefined : { kind: "given", form: `<${key}>`, isObject: value.startsWith("{") };
}

function sourceOf(
    key: string,
    value: string,
    values: ReadonlyMap<string, string>,
    generated: readonly string[],
): Source {
    if (generated.includes(value)) {
        return { kind: "generated" };
    }
    const [part] = [...values].find(
        // Generated passwords need no URL encoding, so a value can be composed without the program.
        ([other, inner]) => other !== key && value.includes(inner) && generated.includes(inner),
    ) ?? [undefined];
    const inner = part === undefined ? undefined : values.get(part);
    if (part !== undefined && inner !== undefined && value !== inner) {
        return {
            kind: "composed",
            parts: value.split(inner).flatMap((text, at) => (at === 0 ? [text] : [part, text])),
        };
    }
    if (isMasked(value)) {
        const form = value.replace(
            MASK,
            (_mask, quote: string | undefined, key: string) => `<${key}${ENCODINGS[quote ?? ""] ?? ""}>`,
        );
        return { kind: "given", form };
    }
    if (generated.some((password) => value.includes(password))) {
        // Only the API key for metrics, whose name is derived from its value (components/secrets/metricsLogin.ts).
        throw new UserError(
            `${key} is derived from a generated password of another Secret, so manifests cannot create it. ` +
                "Create an API key with the role noc in Keep, store it in a Secret, and set keep:monitoring.apiKeySecret",
        );
    }
    return { kind: "fixed", text: value };
}

function isMasked(value: string): boolean {
    return value.search(MASK) >= 0;
}

function texts(value: unknown): [string, string][] {
    return isRecord(value)
        ? Object.entries(value).flatMap(([key, text]): [string, string][] =>
              typeof text === "string" ? [[key, text]] : [],
          )
        : [];
}
