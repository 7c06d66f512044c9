/**
 * Exponents of suffixes, to the base of 1000 or 1024
 * (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
 */
const POWERS: Readonly<Record<string, number>> = { m: -1, "": 0, k: 1, K: 1, M: 2, G: 3, T: 4, P: 5, E: 6 };

/** The number that a quantity represents: bytes for 10Gi or 1.5G, cores for 500m; 0 for text that is no quantity. */
export function amountOf(quantity: string): number {
    const [, number = "", suffix = "", binary = ""] = /^([0-9.]+)(m|k|K(?=i)|[MGTPE])?(i?)$/.exec(quantity) ?? [];
    return Number(number) * (binary === "i" ? 1024 : 1000) ** (POWERS[suffix] ?? 0);
}
