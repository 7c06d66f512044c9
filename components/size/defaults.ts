import { type Preset, presets, type Size, sizes } from "./sizes";

/** Settings by name, as a stack file has them: not checked yet. */
type Written = Readonly<Record<string, unknown>>;

/**
 * A stack file with the preset of its `keep:size` below what it says itself, before the schema checks it and adds the other
 * defaults. A number of pods, an autoscaler or resources are taken over whole or not at all; server parameters and the pool one by one.
 * The size never chooses a kind: it adds to the database, Redis and websocket server that the stack has. SQLite gets nothing, as a
 * size above small refuses it.
 */
export function withPreset(written: Written): Written {
    const { size = "small", database, redis, websocket } = written;
    if (!isSize(size) || kindOf(database) === undefined || kindOf(database) === "sqlite") {
        return written;
    }
    const preset = presets[size];
    const hasRedis = ["bundled", "external"].includes(kindOf(redis) ?? "none");
    const isSoketi = websocket === undefined || kindOf(websocket) === "soketi";
    return {
        ...written,
        ...scaled("backend", written, preset.backend),
        ...scaled("worker", written, preset.worker),
        ...scaled("frontend", written, preset.frontend),
        ...(isSoketi && hasRedis
            ? scaled("websocket", { websocket: { kind: "soketi" }, ...written }, preset.websocket)
            : {}),
        ...(kindOf(redis) === "bundled" ? { redis: below(redis, preset.redis) } : {}),
        database: withServer(database, preset),
    };
}

function withServer(database: unknown, preset: Preset): unknown {
    const kind = kindOf(database);
    const pool = { pool: preset.pool ?? {} };
    return kind === "postgres" || kind === "mysql"
        ? below(database, { ...pool, ...preset[kind] }, ["pool", "settings"])
        : below(database, pool, ["pool"]);
}

/** A tier with its preset below; a number of pods that the stack gives takes the place of the preset's autoscaler. */
function scaled(key: string, written: Written, preset: object | undefined): Written {
    const tier = written[key] ?? {};
    const isFixed = isRecord(tier) && "replicas" in tier && !("autoscaling" in tier);
    const whole = below(tier, preset);
    return preset === undefined ? {} : { [key]: isFixed && isRecord(whole) ? without(whole, "autoscaling") : whole };
}

/** Settings with others below them; those of `inside` are joined name by name. What is no object is left to the schema to refuse. */
function below(written: unknown, preset: object = {}, inside: readonly string[] = []): unknown {
    if (!isRecord(written)) {
        return written;
    }
    const joined = Object.entries(preset)
        .filter(([name]) => inside.includes(name))
        .map(([name, value]) => [name, below(written[name] ?? {}, value as object)]);
    return { ...preset, ...written, ...Object.fromEntries(joined) };
}

function without(record: Written, name: string): Written {
    return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}

function kindOf(part: unknown): string | undefined {
    return isRecord(part) && typeof part.kind === "string" ? part.kind : undefined;
}

function isSize(size: unknown): size is Size {
    return sizes.some((known) => known === size);
}

function isRecord(value: unknown): value is Written {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
