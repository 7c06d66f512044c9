import * as z from "zod";

/** Fields that a stack may leave empty, which YAML reads as null. */
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();
const object = <T extends z.core.$ZodLooseShape>(shape: T) => z.looseObject(shape).nullish();

/** The fields that rules read of a container which a stack adds; Kubernetes checks the others. */
export const containerFields = z.looseObject({
    name: z.string(),
    ports: list(z.looseObject({ hostPort: z.number().nullish() })),
    securityContext: object({
        allowPrivilegeEscalation: z.boolean().nullish(),
        appArmorProfile: object({ type: z.string().nullish() }),
        capabilities: object({ add: list(z.string()), drop: list(z.string()) }),
        privileged: z.boolean().nullish(),
        procMount: z.string().nullish(),
        runAsNonRoot: z.boolean().nullish(),
        runAsUser: z.number().nullish(),
        seLinuxOptions: object({
            role: z.string().nullish(),
            type: z.string().nullish(),
            user: z.string().nullish(),
        }),
        seccompProfile: object({ type: z.string().nullish() }),
    }),
});

/** A container that a stack adds, as rules read it. */
export type ContainerFields = z.infer<typeof containerFields>;
