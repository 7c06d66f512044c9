import { quoted } from "../shell/quoted";
import type { NeededSecret, Source } from "./sources";

/** File that a sealed Secret stands in, beside the other objects of its wave. */
export function sealedFile({ name }: NeededSecret): string {
    return `sealedsecret-${name}.yaml`;
}

/**
 * A shell script that makes and seals each Secret with kubeseal (https://github.com/bitnami-labs/sealed-secrets): it makes passwords
 * up, asks for what only people know, and never writes a value down. A Secret that is sealed already it leaves alone.
 */
export function sealingScript(secrets: readonly { readonly secret: NeededSecret; readonly wave: number }[]): string {
    return [
        "#!/bin/sh",
        "# Written by npm run render; changes here change nothing. Needs kubeseal and openssl.",
        "set -eu",
        'cd "$(dirname "$0")"',
        "",
        "ask() {",
        "    printf '%s: ' \"$1\" >&2",
        "    stty -echo 2>/dev/null || true",
        "    IFS= read -r answer",
        "    stty echo 2>/dev/null || true",
        "    printf '\\n' >&2",
        "}",
        "",
        "# A line of the Secret's data. printf is part of the shell: no value stands on a command line, where others could see it.",
        "entry() {",
        '    printf \'  %s: %s\\n\' "$1" "$(printf \'%s\' "$2" | openssl base64 -A)"',
        "}",
        "",
        ...secrets.flatMap(({ secret, wave }) => sealed(secret, `wave-${wave}`)),
    ].join("\n");
}

function sealed(secret: NeededSecret, folder: string): string[] {
    const { name, namespace, keys } = secret;
    const file = `${folder}/${sealedFile(secret)}`;
    const sources = [...keys];
    // By position: several keys could become one name of a variable.
    const variables = new Map(sources.map(([key], index) => [key, `value_${index}`]));
    const variable = (key: string) => variables.get(key) ?? "";
    const order = (source: Source) => (source.kind === "composed" ? 1 : 0);
    const values = [...sources].sort(([, a], [, b]) => order(a) - order(b));
    return [
        `if [ ! -e ${quoted(file)} ]; then`,
        ...values.flatMap(([key, source]) => assignment(secret, key, source, variable)).map((line) => `    ${line}`),
        "    {",
        ...["apiVersion: v1", "kind: Secret", "metadata:", `  name: ${name}`, `  namespace: ${namespace}`, "data:"].map(
            (line) => `        echo ${quoted(line)}`,
        ),
        ...sources.map(([key]) => `        entry ${quoted(key)} "$${variable(key)}"`),
        `    } | kubeseal --format yaml > ${quoted(file)}.new`,
        `    mv ${quoted(file)}.new ${quoted(file)}`,
        "fi",
        "",
    ];
}

function assignment(
    { name, namespace }: NeededSecret,
    key: string,
    source: Source,
    variable: (key: string) => string,
): string[] {
    const target = variable(key);
    switch (source.kind) {
        case "generated":
            return [`${target}="k$(openssl rand -hex 16)"`];
        case "given":
            return [`ask ${quoted(`${namespace}/${name}, ${key}: ${source.form}`)}`, `${target}="$answer"`];
        case "fixed":
            return [`${target}=${quoted(source.text)}`];
        case "composed":
            return [
                `${target}=${source.parts.map((part, at) => (at % 2 === 0 ? quoted(part) : `"$${variable(part)}"`)).join("")}`,
            ];
    }
}
