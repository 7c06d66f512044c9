import type { RecordedResource } from "../inProcess/recordedResource";
import { isRecord } from "../inProcess/secrets";
import { standIn } from "../inProcess/standIns";
import { UserError } from "../preview/userError";

/** Where the value of a Secret's key comes from. No value of a secret is known here: all of them have stand-ins. */
export type Source =
    /** A new password: 32 letters and digits, beginning with a letter (components/secrets/generated.ts). */
    | { readonly kind: "generated" }
    /** A secret of the stack file; `form` is how the value is built from it, such as `postgresql://keep:<databasePassword>@db/keep`. */
    | { readonly kind: "given"; readonly form: string }
    /** Text with a generated password of the same Secret in it: text, key, text and so on. */
    | { readonly kind: "composed"; readonly parts: readonly string[] }
    /** Nothing secret, such as a user's name. */
    | { readonly kind: "fixed"; readonly text: string };

/** A Secret that must exist before the pods start. */
export interface NeededSecret {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly urn: string;
    readonly keys: ReadonlyMap<string, Source>;
}

/** What begins the stand-in of an encrypted value; the name of its key follows. */
const MASK = /masked-(\w+)/g;

/** The Secrets that a program makes, with the source of each value in the place of its stand-in. */
export function neededSecrets(resources: readonly RecordedResource[]): NeededSecret[] {
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
                keys: new Map(values.map(([key, value]) => [key, sourceOf(key, value, new Map(values), generated)])),
            };
        });
}

/** Every stand-in of a secret that nothing may show: the passwords, and the mark of encrypted values. */
export function forbidden(resources: readonly RecordedResource[]): string[] {
    return ["masked-", ...generatedPasswords(resources)];
}

function generatedPasswords(resources: readonly RecordedResource[]): string[] {
    return resources
        .filter(({ type }) => type.endsWith(":RandomPassword"))
        .map(({ type, name, urn, inputs }) => `k${String(standIn(type, name, urn, inputs, "").outputs.result)}`);
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
        // Only what needs no encoding in a URL can be put together outside of the program.
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
        return { kind: "given", form: value.replace(MASK, "<$1>") };
    }
    if (generated.some((password) => value.includes(password))) {
        // So far only the metrics' API key, whose name follows its value (components/secrets/metricsLogin.ts).
        throw new UserError(
            `${key} is made from a generated password of another Secret, which nothing can do in the cluster. ` +
                "Make an API key of role noc in Keep, put it into a Secret, and name that as keep:monitoring.apiKeySecret",
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
