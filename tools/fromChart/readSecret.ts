import { quoted } from "../shell/quoted";
import type { SecretReference } from "./row";

/** The command that prints the value of a key of a Secret. */
export function readSecret({ name, key }: SecretReference, namespace: string): string {
    const template = quoted(`{{index .data ${JSON.stringify(key)} | base64decode}}`);
    const secret = /^[\w.-]+$/.test(name) ? name : quoted(name);
    return `kubectl -n ${namespace} get secret ${secret} -o go-template=${template}`;
}
