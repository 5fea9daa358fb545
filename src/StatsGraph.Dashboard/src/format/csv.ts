export type Cell = string | number | null;

/**
 * Rows as CSV (RFC 4180). Texts come from logs, where anybody can write: one that a spreadsheet would take for a formula gets an apostrophe
 * before it, numbers stay what they are.
 */
export function toCsv(header: string[], rows: Cell[][]): string {
  return [header, ...rows].map(row => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
