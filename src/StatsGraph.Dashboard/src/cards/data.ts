import type { Cell } from '../format/csv';

/** A column of a card's table. */
export interface Column {
  title: string;
  /** How its numbers are written; texts are written as they are. */
  write?: (value: number) => string;
  /** Title of the column in a CSV, where that names a unit. */
  csv?: string;
}

/** A row of a card's table. */
export interface Row {
  /** What tells it from the others; not shown. */
  key: string;
  /** The raw figure that the card orders or draws by. */
  value: number | null;
  /** One a column. */
  cells: Cell[];
  /** 0 to 1: part of the whole; drawn as a bar. */
  share?: number;
  /** Narrows the page to this row, where that is possible. */
  select?: () => void;
  /** Whether the page is narrowed to this row. */
  selected?: boolean;
  /** Where each cell after the first is a figure of its own: what tells it from the others. */
  cellKeys?: string[];
  /** A second, smaller text in the first cell. */
  note?: string;
}

/** What a card tells, as rows: shown, read by screen readers, saved as CSV. */
export interface Table {
  caption: string;
  columns: Column[];
  rows: Row[];
}

/** A cell as people read it. */
export function written(cell: Cell | undefined, column: Column | undefined): string {
  if (cell === null || cell === undefined) return '–';
  return typeof cell === 'number' ? (column?.write ?? String)(cell) : cell;
}
