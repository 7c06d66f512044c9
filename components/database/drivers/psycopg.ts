import type { Driver } from "./driver";
import { psycopg2 } from "./psycopg2";

/** psycopg 3.2.3, which is in Keep's image as well. In its wheel is libpq 17. It takes no text for its own arguments. */
export const psycopg: Driver = {
    ...psycopg2,
    title: "psycopg",
    parameters: { ...psycopg2.parameters, sslnegotiation: ["direct", "postgres"] },
};
