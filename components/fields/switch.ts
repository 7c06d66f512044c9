import * as z from "zod";

/** A setting that turns the others of its object off, by being false or absent. */
interface Switch {
    readonly key: string;
    /** Settings that apply all the same. */
    readonly apart?: readonly string[];
}

/** The objects of the schema that have a switch. While it is off, the preview says which of the other settings have no effect. */
export const switches = z.registry<Switch>();
