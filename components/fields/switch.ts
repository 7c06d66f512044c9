import * as z from "zod";

/** A setting that disables the others of its object if it is false or absent. */
interface Switch {
    readonly key: string;
    /** Settings that always apply. */
    readonly apart?: readonly string[];
}

/** Objects of the schema with such a setting. The preview lists settings that have no effect. */
export const switches = z.registry<Switch>();
