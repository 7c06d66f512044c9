/** The message for the value of an annotation; undefined for values and annotations that do no harm. */
export type AnnotationFault = (name: string, value: string, serviceType?: string) => string | undefined;

/**
 * Rejects values by which a controller would use another protocol to the pods than HTTP/1.1, the only one that
 * gunicorn, Next.js and Soketi serve.
 * @param plain the values of each annotation for HTTP/1.1
 */
export function onlyPlainHttp(plain: Readonly<Record<string, RegExp>>): AnnotationFault {
    return (name, value) =>
        Object.hasOwn(plain, name) && plain[name]?.test(value.trim()) === false
            ? "would make the controller use another protocol than HTTP/1.1, which is all that Keep's pods serve. Remove it"
            : undefined;
}
