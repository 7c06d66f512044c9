/** What of a rendered container a shared database file changes. */
interface Container {
    readonly env: readonly { readonly name: string }[];
    readonly volumeMounts: readonly { readonly mountPath: string }[];
}

/**
 * A pod of one container on a database that several processes share. Each process of test/real has empty volumes of its own, so the file
 * is in the one /tmp of all, and no volume hides it.
 */
export function onSqliteFile<P extends object, C extends Container>(pod: P, container: C, file: string) {
    const env = container.env.map((variable) =>
        variable.name === "DATABASE_CONNECTION_STRING"
            ? { ...variable, value: `sqlite:///${file}?check_same_thread=False` }
            : variable,
    );
    const volumeMounts = container.volumeMounts.filter(({ mountPath }) => mountPath !== "/tmp");
    return { ...pod, containers: [{ ...container, env, volumeMounts }] };
}
