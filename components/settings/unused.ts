import type * as z from "zod";

import { switches } from "../fields/switch";
import { objectOf } from "./unreadable";
import { type StackConfig, stackSchema } from "./schema";
import type { Source } from "./source";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A note about settings without effect, because their component is disabled; undefined if there are none. They are not
 * rejected, so that users can disable a component, such as with `--config`, without removing its settings.
 */
export function unusedNote({ namespace, settings }: Source, config: StackConfig): string | undefined {
    const notes = Object.entries(stackSchema.shape).flatMap(([key, schema]) =>
        unusedIn(schema, `${namespace}${key}`, settings[key], (config as unknown as Fields)[key]),
    );
    const all = [...notes, ...workerServiceNotes(settings.worker, `${namespace}worker.service`)];
    return all.length === 0 ? undefined : all.join("\n");
}

/** A note about the Service of the workers, which have the fields of other tiers, but no port. */
function workerServiceNotes(worker: unknown, path: string): string[] {
    const service = isObject(worker) ? worker.service : undefined;
    return isObject(service) && Object.keys(service).length > 0
        ? [`${path}: no effect, because workers accept no connections`]
        : [];
}

/** @param written the object without defaults; `config` is the same object with defaults */
function unusedIn(schema: z.core.$ZodType, path: string, written: unknown, config: unknown): string[] {
    const object = objectOf(schema, written);
    if (object === undefined || !isObject(written) || !isObject(config)) {
        return [];
    }
    const { key, apart = [] } = switches.get(object) ?? {};
    const isOff = key !== undefined && (config[key] === false || config[key] === undefined);
    if (isOff) {
        const names = Object.keys(written).filter((name) => name !== key && !apart.includes(name));
        const state = config[key] === false ? "is false" : "is not set";
        return names.length === 0
            ? []
            : [`${names.map((name) => `${path}.${name}`).join(", ")}: no effect while ${path}.${key} ${state}`];
    }
    return Object.entries<z.core.$ZodType>(object.shape).flatMap(([name, inner]) =>
        unusedIn(inner, `${path}.${name}`, written[name], config[name]),
    );
}

function isObject(value: unknown): value is Fields {
    return typeof value === "object" && value !== null;
}
