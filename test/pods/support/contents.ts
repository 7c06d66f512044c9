import { z } from "zod";

import type { DeployedKeep } from "./keep";

const table = z.object({ name: z.string(), rows: z.string() });

/** How many rows each table of PostgreSQL has, and a digest of all of them. */
export async function contentsOf(keep: DeployedKeep): Promise<Readonly<Record<string, string>>> {
    const digest =
        "select count(*) || '' rows '' || md5(coalesce(string_agg(t::text, chr(10) order by t::text), '''')) as d from ";
    const cell = `(xpath('/row/d/text()', query_to_xml('${digest}' || quote_ident(table_name) || ' t', false, true, '')))[1]::text`;
    const tables = "information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'";
    const rows = await keep.rows(`select table_name as name, ${cell} as rows from ${tables}`, table);
    return Object.fromEntries(rows.map(({ name, rows: found }) => [name, found]));
}

/** Alerts whose fingerprints begin with a prefix and a hyphen, as PostgreSQL has them. */
export async function alertsOf(keep: DeployedKeep, prefix: string): Promise<readonly unknown[]> {
    const condition = `starts_with(fingerprint, '${prefix}-')`;
    return await keep.rows(
        `select alert.*, event::text from alert where ${condition} order by fingerprint`,
        z.unknown(),
    );
}
