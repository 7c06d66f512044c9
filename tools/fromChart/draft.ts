import { type SecretKeyName, secretKeys } from "../../components/secrets/settings";
import { redacted } from "../../components/settings/redaction";
import { at, type Change, isRecord, type Left, own, type SecretReference } from "./row";

/** An incomplete stack file, which records the values of the chart from which its settings and secrets come. */
export class Draft {
    /** Settings by key, without `keep:`. */
    readonly settings: Record<string, unknown> = {};
    readonly secrets: Partial<Record<SecretKeyName, string | SecretReference>> = {};
    /** Secret environment by tier and name. */
    readonly secretEnv: Record<string, Record<string, string>> = {};
    readonly left: Left[] = [];
    /** Notes, each with the path of the setting that it is about. */
    private readonly noted = new Map<string, string | undefined>();
    /** The value of the chart from which a setting, secret or variable comes, by its path. */
    private readonly origins = new Map<string, string>();

    /**
     * Applies a change. If two variables set the same setting differently, keeps the first and records the other in
     * `left`.
     */
    apply(change: Change): void {
        if ("set" in change) {
            this.set(change.set.split("."), change.value, change.from);
        } else if ("secret" in change) {
            const before = this.secrets[change.secret];
            const isOther = before !== undefined && JSON.stringify(before) !== JSON.stringify(change.value);
            if (isOther) {
                this.disagree(change.secret, change.from);
            } else {
                this.secrets[change.secret] = change.value;
                this.remember(change.secret, change.from);
            }
        } else if ("unset" in change) {
            Reflect.deleteProperty(this.secrets, change.unset);
            this.leave(change.unset, change.because);
        } else if ("secretEnv" in change) {
            const [tier, name] = change.secretEnv;
            this.secretEnv[tier] = { ...this.secretEnv[tier], [name]: change.value };
            this.remember(`secretEnv.${tier}.${name}`, change.from);
        } else if ("note" in change) {
            this.note(change.note);
        } else if ("because" in change) {
            this.left.push(change);
        }
    }

    /** Adds a note, unless it exists. A note about a setting applies only while the draft has that setting. */
    note(note: string, about?: string): void {
        if (!this.noted.has(note)) {
            this.noted.set(note, about);
        }
    }

    get notes(): string[] {
        return [...this.noted].flatMap(([note, about]) =>
            about === undefined || at(this.settings, about) !== undefined ? [note] : [],
        );
    }

    /** Records in `left` the values from which the settings at or below a path, or at its closest parent, come. */
    leave(path: string, because: string): void {
        const below = [...this.origins].filter(([key]) => key === path || key.startsWith(`${path}.`));
        const above = [...this.origins].filter(([key]) => path.startsWith(`${key}.`)).slice(-1);
        for (const [key, value] of below.length > 0 ? below : above) {
            const given = key.split(".").reduce<unknown>(own, this.settings);
            const shown =
                typeof given === "string" || typeof given === "number"
                    ? `${String(redacted(given, key.split(".")))}: `
                    : "";
            this.left.push({ value, because: `${shown}${because}` });
        }
    }

    /**
     * Sets a setting: merges objects, joins lists without repetition, and replaces any other value unless both come
     * from variables.
     */
    set(path: readonly string[], value: unknown, from?: string): void {
        const key = path.join(".");
        const target = path.slice(0, -1).reduce<Record<string, unknown>>((object, step) => {
            const inner = own(object, step);
            const next = isRecord(inner) ? inner : {};
            object[step] = next;
            return next;
        }, this.settings);
        const last = path.at(-1) ?? "";
        const before = own(target, last);
        if (isRecord(before) && isRecord(value)) {
            for (const [name, inner] of Object.entries(value)) {
                this.set([...path, name], inner, from);
            }
            return;
        }
        const isList = Array.isArray(before) && Array.isArray(value);
        if (!isList && before !== undefined && before !== value && from !== undefined && this.origins.has(key)) {
            this.disagree(key, from);
            return;
        }
        target[last] = isList ? [...new Set([...(before as unknown[]), ...(value as unknown[])])] : value;
        this.remember(key, from);
    }

    private remember(path: string, from: string | undefined): void {
        if (from !== undefined && !this.origins.has(path)) {
            this.origins.set(path, from);
        }
    }

    private disagree(path: string, from: string | undefined): void {
        const kept = this.origins.get(path) ?? "another value";
        this.left.push({
            value: from ?? path,
            because: `${kept} sets keep:${path} to another value, which takes precedence.`,
        });
    }
}

/** The secrets as text, with a valid example for a secret in an existing Secret. */
export function secretTexts({ secrets }: Pick<Draft, "secrets">): Partial<Record<SecretKeyName, string>> {
    return Object.fromEntries(
        Object.entries(secrets).map(([key, value]) => [
            key,
            typeof value === "string" ? value : secretKeys[key as SecretKeyName].example,
        ]),
    );
}
