import type { Engine } from "../database/engine";
import { repeated } from "../fields/pairs";
import type { Problem, Valid } from "./files";
import { type Kind, kindOf } from "./kinds";
import { stringify } from "./yaml";
import { subject } from "./yamlErrors";

/** Files that overwrite each other in Keep's database. */
export function duplicates(kind: Kind, files: readonly Valid[], engine: Engine | undefined): Problem[] {
    const { nameOf, providerOf } = kindOf(kind);
    const names = clashes(files, ({ content }) => nameOf(content), engine).map(({ file, name, other, otherName }) => ({
        value: file.path,
        message:
            name === otherName
                ? `has the same name as ${other.path}: ${name}. Rename one`
                : `has the name ${name}, which ${engine?.title ?? "the database"} does not distinguish from ${otherName} in ${other.path}. Rename one`,
    }));
    const providers = clashes(files, ({ content }) => providerOf?.(content), engine).map(({ file, name, other }) => ({
        value: file.path,
        message: `has the same provider as ${other.path}: ${name}. Remove one, because Keep applies only one rule for each provider`,
    }));
    return [...names, ...providers];
}

/** Each file that has the name of an earlier one, as the database compares names. */
function clashes(files: readonly Valid[], nameOf: (file: Valid) => string | undefined, engine: Engine | undefined) {
    const named = files.flatMap((file) => {
        const name = nameOf(file);
        return name === undefined ? [] : [{ file, name }];
    });
    const compared = engine?.text.ignoresCase === true ? fold : (name: string) => name;
    return repeated(named, ({ name }) => compared(name)).map(([{ file, name }, { file: other, name: otherName }]) => ({
        file,
        name,
        other,
        otherName,
    }));
}

/** A name without its case and accents. */
function fold(name: string): string {
    return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Texts of a file that are longer than their columns. */
export function tooLong(kind: Kind, { path, content, whole, lineOf }: Valid, engine: Engine | undefined): Problem[] {
    const { unlimitedTexts, storesFile } = kindOf(kind);
    const { length = Infinity, bytes = Infinity } = engine?.text ?? {};
    const wayOut = `in ${engine?.title ?? "this database"}. Shorten it, or use PostgreSQL`;
    const texts = Object.entries(unlimitedTexts(content)).flatMap(([field, value]) =>
        typeof value === "string" && value.length > length
            ? [
                  {
                      value: `${path}:${lineOf(field.split("."))}`,
                      message: `${subject([field])} must have at most ${length} characters ${wayOut}`,
                  },
              ]
            : [],
    );
    const isTooLarge = storesFile === true && bytes < Infinity && Buffer.byteLength(stringify({ whole })) > bytes;
    return isTooLarge ? [...texts, { value: path, message: `must have at most ${bytes} bytes ${wayOut}` }] : texts;
}
