import type { Invariant, Whole } from "./invariant";

/** Text that stands where only secrets may stand. Short values, such as a user's name, would be found by chance. */
function secretValues({ run, options }: Whole): string[] {
    const made = run.all("Secret").flatMap(({ inputs }) => Object.values(inputs.stringData));
    const given = (options.secretKeys ?? []).map((key) => options.config?.[key] ?? "");
    return [...made, ...given].filter((value) => value.length >= 8);
}

/** Where secrets are, and where they are not. */
export const secrets: Readonly<Record<string, Invariant>> = {
    "writes no secret in plain text, but into a Secret": (whole) => {
        const values = secretValues(whole);
        const elsewhere = whole.run.resources.filter(({ type }) => type !== "kubernetes:core/v1:Secret");
        return [
            ...(values.length === 0 ? ["there is no secret to look for"] : []),
            ...elsewhere
                .filter(({ inputs, outputs }) => {
                    const { plain = {}, secretPaths = new Set<string>() } = outputs ?? {};
                    const open = Object.entries(plain).filter(([key]) => !secretPaths.has(key));
                    const text = JSON.stringify([inputs, open]);
                    return values.some((value) => text.includes(JSON.stringify(value).slice(1, -1)));
                })
                .map(({ type, name }) => `${type} ${name}`),
        ];
    },

    "marks the content of every Secret, so that Pulumi encrypts it": ({ run }) =>
        run
            .all("Secret")
            .filter(({ secretPaths, inputs }) => {
                const open = Object.keys(inputs.stringData).filter((key) => !secretPaths.has(`stringData.${key}`));
                return !secretPaths.has("stringData") && open.some((key) => key !== "username");
            })
            .map(({ name }) => name),

    "gives every Secret a name that Keep never writes, and the type Opaque": ({ run }) =>
        run
            .all("Secret")
            .filter(({ inputs }) => inputs.type !== "Opaque" || !inputs.metadata.name.includes("."))
            .map(({ name }) => name),
};
