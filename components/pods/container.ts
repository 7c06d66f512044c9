import * as z from "zod";

/** Fields that can be empty in a stack file, which YAML reads as null. */
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();
const object = <T extends z.core.$ZodLooseShape>(shape: T) => z.looseObject(shape).nullish();

/** Fields of a user's container that rules read. Kubernetes validates the others. */
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

/** A user's container, with the fields that rules read. */
export type ContainerFields = z.infer<typeof containerFields>;
