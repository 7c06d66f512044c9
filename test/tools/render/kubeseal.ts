/**
 * Stands in for kubeseal: it writes the values as they are, in the format of a SealedSecret, where the real one encrypts them for a
 * cluster.
 */
export const KUBESEAL = `#!/bin/sh
into=
while [ $# -gt 0 ]; do
    case $1 in --merge-into) into=$2 ;; esac
    shift
done
if [ -n "$into" ]; then
    awk 'd { sub(/^  /, "    "); print } /^data:$/ { d = 1 }' >> "$into"
else
    awk '/^data:$/ { print "spec:"; print "  encryptedData:"; d = 1; next } d { sub(/^  /, "    ") } { print }'
fi
`;

/** What a file of the stand-in contains. */
export interface Sealed {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly encryptedData: Readonly<Record<string, string>> };
}

/** The values in such a file, by their keys. */
export function unsealed({ spec }: Sealed): Record<string, string> {
    return Object.fromEntries(
        Object.entries(spec.encryptedData).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
    );
}
