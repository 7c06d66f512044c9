import { createRequire } from "node:module";

import { isLater } from "../../tokens";
import { notText } from "../unusable";

/** Something wrong inside an object of Kubernetes. */
export interface Finding {
    readonly path: readonly (string | number)[];
    readonly message: string;
}

/** An object of a type inside a value. */
export interface Part {
    readonly type: string;
    readonly path: readonly (string | number)[];
    readonly value: object;
}

/** A field of a type, as the models of the client write it. */
export interface Attribute {
    readonly baseName: string;
    readonly type: string;
    readonly format: string;
}

type Model = Readonly<Record<string, { readonly getAttributeTypeMap: () => readonly Attribute[] }>>;

/** Fields that hold amounts, which may be numbers. The models know them as text. */
const QUANTITIES = ["capacity", "divisor", "limits", "requests", "sizeLimit", "tolerance"];
const QUANTITY = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$/;

/** Names of the types with fields of their own. */
const MODEL = /^(Core)?V\d[A-Z]/;

/**
 * The objects inside a value of a type of Kubernetes, and what does not have the form of its type: fields that do not exist, and values
 * that are no text, number or list. The types are those of Kubernetes' own client, which is generated from the API.
 */
export function structureOf(
    type: string,
    value: object,
    path: Part["path"] = [],
): { readonly parts: readonly Part[]; readonly findings: readonly Finding[] } {
    const attributes = attributesOf(type);
    const known = attributes.map(({ baseName }) => baseName);
    const inner = Object.entries(value).map(([name, field]) => {
        const attribute = attributes.find(({ baseName }) => baseName === name);
        return attribute === undefined
            ? found([...path, name], `is no field that Kubernetes knows here. Use one of ${known.join(", ")}`)
            : fieldOf(attribute, attribute.type, field, [...path, name]);
    });
    return {
        parts: [{ type, path, value }, ...inner.flatMap(({ parts }) => parts)],
        findings: inner.flatMap(({ findings }) => findings),
    };
}

type Structure = ReturnType<typeof structureOf>;

function found(path: Part["path"], message: string): Structure {
    return { parts: [], findings: [{ path, message }] };
}

function joined(all: readonly Structure[]): Structure {
    return { parts: all.flatMap(({ parts }) => parts), findings: all.flatMap(({ findings }) => findings) };
}

/** Whether a type of Kubernetes has text, a number or a switch at a path. */
export function isTextField(type: string, [step, ...rest]: readonly string[]): boolean {
    const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
    const isModel = MODEL.test(type);
    if (item === undefined && !type.startsWith("{") && !isModel) {
        return step === undefined;
    }
    if (step === undefined || (item !== undefined && !/^\d+$/.test(step))) {
        return false;
    }
    const inner = isModel ? attributesOf(type).find(({ baseName }) => baseName === step)?.type : (item ?? "string");
    return inner !== undefined && isTextField(inner, rest);
}

/** A field that is empty, which YAML reads as null, is one that is not given. */
function fieldOf(attribute: Attribute, type: string, value: unknown, path: Part["path"]): Structure {
    if (value === undefined || value === null || isLater(value)) {
        return joined([]);
    }
    const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
    if (item !== undefined) {
        return Array.isArray(value)
            ? joined(value.map((one, index) => itemOf(attribute, item, one, [...path, index])))
            : found(path, "is not a list. Write [a, b], or one item a line, each after a dash");
    }
    if (type.startsWith("{")) {
        return isObject(value)
            ? joined(Object.entries(value).map(([name, one]) => itemOf(attribute, "string", one, [...path, name])))
            : found(path, "is not an object of names and values. Write them as {name: value}");
    }
    if (MODEL.test(type)) {
        return isObject(value)
            ? structureOf(type, value, path)
            : found(path, "is not an object. Write its fields, such as {name: value}");
    }
    const message = plainFault(attribute, type, value);
    return message === undefined ? joined([]) : found(path, message);
}

function itemOf(attribute: Attribute, type: string, value: unknown, path: Part["path"]): Structure {
    return value === undefined || value === null
        ? found(path, "is empty. Give a value, or remove it")
        : fieldOf(attribute, type, value, path);
}

function plainFault({ baseName, format }: Attribute, type: string, value: unknown): string | undefined {
    if (QUANTITIES.includes(baseName)) {
        return QUANTITY.test(String(value))
            ? undefined
            : "is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi";
    }
    switch (type) {
        case "string":
            return typeof value === "string" ? undefined : notText(value);
        case "boolean":
            return typeof value === "boolean"
                ? undefined
                : "is not true or false. Write one of the two, without quotes";
        case "number":
            return isWhole(value, format === "int32" ? 2 ** 31 : 2 ** 53)
                ? undefined
                : "is not a whole number. Write digits alone, without quotes";
        case "IntOrString":
            return typeof value === "string" || isWhole(value, 2 ** 31)
                ? undefined
                : "is not a whole number or a name. Write one of the two";
        default:
            return undefined;
    }
}

function isWhole(value: unknown, limit: number): boolean {
    return Number.isInteger(value) && -limit <= Number(value) && Number(value) < limit;
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of a type. Models are loaded one by one, only where a stack has such an object: the whole client takes a second. */
export function attributesOf(type: string): readonly Attribute[] {
    const load = createRequire(__filename);
    const model = load(`@kubernetes/client-node/dist/gen/models/${type}.js`) as Model;
    return model[type]?.getAttributeTypeMap() ?? [];
}
