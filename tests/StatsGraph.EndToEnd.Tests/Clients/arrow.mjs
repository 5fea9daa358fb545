// Reads a report as Arrow from the address that is given, and prints its columns and rows: what an analyst's notebook does.
import { tableFromIPC } from 'apache-arrow';

const table = await tableFromIPC(fetch(process.argv[2]));
console.log(table.schema.fields.map((field) => `${field.name}: ${field.type}`).join(', '));
for (const row of table) {
  console.log(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
}
