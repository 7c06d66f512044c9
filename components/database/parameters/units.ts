/** Units of a dimension, and how many of the first each is. PostgreSQL distinguishes their case. */
type Units = Readonly<Record<string, number>>;

// https://www.postgresql.org/docs/17/config-setting.html#CONFIG-SETTING-NAMES-VALUES
const MEMORY: Units = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const TIME: Units = { us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6, d: 86_400e6 };

/** A number in a server's notation, and the text behind it. */
interface Numeral {
    readonly number: number;
    readonly unit: string;
}

/**
 * Splits a value into its number and its unit, as parse_int and parse_real do (src/backend/utils/misc/guc.c).
 * @param isWhole whether a leading zero means an octal number
 */
export function numeralOf(value: string, isWhole = true): Numeral | undefined {
    const [, digits, unit] = NUMERAL.exec(value) ?? [];
    if (digits === undefined || unit === undefined) {
        return undefined;
    }
    const octal = isWhole ? /^([+-]?)0(\d+)$/.exec(digits) : null;
    if (octal === null) {
        return { number: Number(digits), unit };
    }
    const [, sign = "", rest = ""] = octal;
    return /[89]/.test(rest) ? undefined : { number: Number(`${sign}1`) * Number.parseInt(rest, 8), unit };
}

const NUMERAL = /^\s*(0x[\da-f]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*?)\s*$/i;

/** Rounds to the nearest whole number, and halves to an even one, as C's rint does. */
export function rounded(number: number): number {
    const nearest = Math.round(number);
    return nearest - number === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/**
 * A factor that converts a number with a unit to the unit of a parameter.
 * @param unit written behind the number; empty: the unit of the parameter
 * @param base unit of the parameter, such as 8kB; empty: it takes no unit
 * @returns undefined if the server rejects the unit
 */
export function factorOf(unit: string, base: string): number | undefined {
    if (unit === "") {
        return 1;
    }
    const factor = base === "" ? undefined : own(unitsOf(base), unit);
    return factor === undefined ? undefined : factor / sizeOf(base);
}

/** The names of the units that a parameter takes, in the order of their size. */
export function unitNames(base: string): string[] {
    return Object.keys(unitsOf(base));
}

/** Whether the unit of a parameter is one of memory. */
export function isMemory(base: string): boolean {
    return unitsOf(base) === MEMORY;
}

/** The unit that is meant by one in another case or notation: MB for mb, M and Mi. */
export function meantUnit(unit: string, base: string): string | undefined {
    const plain = unit.toLowerCase().replace(/^([kmgt])i?b?$/, isMemory(base) ? "$1b" : "$&");
    return unitNames(base).find((name) => name.toLowerCase() === plain);
}

/** Bytes, or microseconds, of a unit such as 8kB. */
export function sizeOf(base: string): number {
    const [, count = "", unit = ""] = /^(\d*)(\D+)$/.exec(base) ?? [];
    return Number(count === "" ? 1 : count) * (own(unitsOf(base), unit) ?? Number.NaN);
}

/** A limit of a parameter with a unit, such as 128kB for 16 of 8kB. */
export function withUnit(limit: number, base: string): string {
    const size = limit * sizeOf(base);
    const exact = Object.entries(unitsOf(base)).filter(([, factor]) => size % factor === 0);
    const [unit, factor] = exact.at(-1) ?? [];
    return base === "" || limit <= 0 || unit === undefined || factor === undefined
        ? String(limit)
        : `${size / factor}${unit}`;
}

function unitsOf(base: string): Units {
    return base.endsWith("B") ? MEMORY : TIME;
}

function own(units: Units, name: string): number | undefined {
    return Object.hasOwn(units, name) ? units[name] : undefined;
}
