import { engines, isEngineName } from "../database/engines";
import { presets, type Size, sizes, type TierPreset } from "./sizes";

/** Settings by name, before validation. */
type RawSettings = Readonly<Record<string, unknown>>;

/** Objects that an explicit setting replaces completely. */
const WHOLE: readonly string[] = ["autoscaling", "resources"];

/**
 * Adds the defaults of `keep:size`, before the schema validates the settings and adds its own defaults. Explicit
 * settings take precedence: autoscaling and resources completely, all others field by field. A size does not select
 * kinds: it only adds to the configured database, Redis and websocket server. With SQLite, which only supports the size
 * small, it adds nothing.
 */
export function applySizeDefaults(settings: RawSettings): RawSettings {
    const { size = "small", database, redis, websocket } = settings;
    const kind = kindOf(database);
    if (!isSize(size) || kind === undefined || kind === "sqlite") {
        return settings;
    }
    const engine = kind === "cloudnativepg" ? "postgres" : kind;
    const preset = presets[size];
    const hasRedis = ["bundled", "external"].includes(kindOf(redis) ?? "none");
    const isSoketi = websocket === undefined || kindOf(websocket) === "soketi";
    const tier = (key: "backend" | "frontend" | "websocket" | "worker") => tierDefaults(preset[key], settings[key]);
    const defaults = {
        backend: tier("backend"),
        worker: tier("worker"),
        frontend: tier("frontend"),
        websocket: isSoketi && hasRedis && { kind: "soketi", ...tier("websocket") },
        redis: kindOf(redis) === "bundled" && preset.redis,
        database: { pool: preset.pool ?? {}, ...(isEngineName(engine) ? engines[engine].presets[size] : {}) },
    };
    const merged = Object.entries(defaults).flatMap(([key, value]: [string, unknown]) =>
        isRecord(value) ? [[key, mergeDefaults(value, settings[key] ?? {})]] : [],
    );
    return { ...settings, ...(Object.fromEntries(merged) as RawSettings) };
}

/** A fixed number of pods replaces the autoscaler of the size. */
function tierDefaults(preset: TierPreset | undefined, given: unknown): Partial<TierPreset> | undefined {
    return preset !== undefined && isRecord(given) && "replicas" in given && !("autoscaling" in given)
        ? { ...preset, autoscaling: undefined }
        : preset;
}

/** Merges defaults into settings. Returns values that are not objects unchanged, so that the schema rejects them. */
function mergeDefaults(defaults: RawSettings, given: unknown): unknown {
    if (!isRecord(given)) {
        return given;
    }
    const nested = Object.entries(defaults).flatMap(([name, value]) =>
        isRecord(value) && !WHOLE.includes(name) ? [[name, mergeDefaults(value, given[name] ?? {})]] : [],
    );
    return { ...defaults, ...given, ...Object.fromEntries(nested) } as RawSettings;
}

function kindOf(value: unknown): string | undefined {
    return isRecord(value) && typeof value.kind === "string" ? value.kind : undefined;
}

function isSize(size: unknown): size is Size {
    return sizes.some((known) => known === size);
}

function isRecord(value: unknown): value is RawSettings {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
