import { CORE_SCHEMA, load, Type } from "js-yaml";
import { Document, type SchemaOptions, visit } from "yaml";

/**
 * Values without quotes as the Pulumi CLI reads them, by gopkg.in/yaml.v3 3.0.1 (resolve.go). It decodes a stack file,
 * encodes the result and decodes that (LoadProjectStackBytes in sdk/go/common/workspace/loaders.go of Pulumi), so that
 * an integral float such as 08 becomes an integer.
 */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
    int: integer,
    float,
    timestamp: time,
    merge: (text) => (text === "<<" ? text : undefined),
};

const SCHEMA = CORE_SCHEMA.extend({
    implicit: Object.entries(READERS).map(([tag, read]) => {
        const of = (text: unknown) => read(typeof text === "string" ? text : "");
        return new Type(`tag:yaml.org,2002:${tag}`, {
            kind: "scalar",
            resolve: (text: unknown) => of(text) !== undefined,
            construct: of,
        });
    }),
});

/**
 * Reads a stack file as the Pulumi CLI does. An integer is a bigint if a number cannot hold it exactly.
 * @throws YAMLException if it is not valid YAML
 */
export function parseEngineYaml(text: string): unknown {
    return load(text, { schema: SCHEMA });
}

/**
 * Values without quotes as Helm reads them: also the words of YAML 1.1 and merge keys, but times are text
 * (goyaml.v2/resolve.go and decode.go of sigs.k8s.io/yaml 1.6.0). The schema of YAML 1.1 in the package reads e2 as a number.
 */
export const HELM_SCHEMA: SchemaOptions = {
    schema: "failsafe",
    merge: true,
    customTags: [
        "null",
        {
            tag: "tag:yaml.org,2002:bool",
            default: true,
            test: /^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF)$/,
            resolve: (text: string) => /^(?:y|t|on)/i.test(text),
        },
        {
            tag: "tag:yaml.org,2002:float",
            default: true,
            test: /^[-+.\d]/,
            resolve: (text: string) => {
                const value = integer(text) ?? float(text);
                return value === undefined ? text : Number(value);
            },
        },
    ],
};

/** Writes a stack file that the Pulumi CLI reads as the same values: quotes a text such as 0b11. */
export function engineYaml(content: object): string {
    const document = new Document(content, { aliasDuplicateObjects: false });
    visit(document, {
        Scalar: (_, node) => {
            const { value } = node;
            if (typeof value === "string" && !isPlainText(value)) {
                node.type = "QUOTE_DOUBLE";
            }
        },
    });
    return document.toString({ indent: 2 });
}

/** Whether Go's reader takes it for text without quotes, too. */
export function isPlainText(text: string): boolean {
    return Object.values(READERS).every((read) => read(text) === undefined);
}

const INTEGER = /^([-+]?)(0|[1-9]\d*|0[bB][01]+|0[xX][\da-fA-F]+|0[oO]?[0-7]+)$/;

/** An integer of 64 bits. A zero at its beginning means octal. */
function integer(text: string): number | bigint | undefined {
    const [, sign, digits] = INTEGER.exec(unseparated(text)) ?? [];
    if (digits === undefined) {
        return undefined;
    }
    const size = BigInt(digits.replace(/^0(?=\d)/, "0o"));
    const value = sign === "-" ? -size : size;
    const most = sign === "" ? 2n ** 64n - 1n : 2n ** 63n - 1n;
    if (value > most || value < -(2n ** 63n)) {
        return undefined;
    }
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Underscores separate digits. */
function unseparated(text: string): string {
    return /^[-+\d]/.test(text) ? text.replaceAll("_", "") : text;
}

/** A decimal number, in which a zero at its beginning means nothing; or one of the words for no finite number. */
function float(text: string): number | undefined {
    const words = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.exec(text);
    if (words !== null) {
        return words[1] === undefined ? Number.NaN : Number(`${words[1]}Infinity`);
    }
    const isDecimal = /^[-+]?(?:\.\d+(?:_\d+)*|\d+(?:\.\d*)?)(?:[eE][-+]?\d+(?:_\d+)*)?$/.test(unseparated(text));
    const value = isDecimal ? Number(text.replaceAll("_", "")) : Number.NaN;
    return Number.isFinite(value) ? value : undefined;
}

/** A date or time, which the CLI passes to the program in the format of Go (time.Time.String). */
function time(text: string): string | undefined {
    const [, date = "", separator, clock = "0:0:0", fraction = "", zone] =
        /^(\d{4}-\d\d?-\d\d?)(?:([Tt ])(\d\d?:\d\d?:\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)?)?$/.exec(text) ?? [];
    const padded = `${date}T${clock}`.replace(/(?<!\d)\d(?!\d)/g, "0$&");
    const given = new Date(`${padded}Z`);
    const isTime = !Number.isNaN(given.valueOf()) && given.toISOString().startsWith(padded);
    // Only a T comes with a time zone, and always.
    if (!isTime || (separator !== undefined && (separator === " ") !== (zone === undefined))) {
        return undefined;
    }
    const nanoseconds = fraction.slice(0, 9).replace(/0+$/, "");
    const offset = (zone ?? "Z").replace(":", "");
    return [
        padded.replace("T", " ") + (nanoseconds === "" ? "" : `.${nanoseconds}`),
        ...(/^(Z|[-+]0000)$/.test(offset) ? ["+0000", "UTC"] : [offset, offset]),
    ].join(" ");
}
