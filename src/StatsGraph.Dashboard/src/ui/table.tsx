import { useEffect, useRef } from 'preact/hooks';
import { written, type Row, type Table } from '../cards/data';

/** A table whose first column names the row; with shares it is a bar chart, too. */
export function DataTable({ table, plain = false }: { table: Table; plain?: boolean }) {
  const bars = !plain && table.rows.some(row => row.share !== undefined);
  return (
    <table class={bars ? 'data bars' : 'data'}>
      <caption class="visually-hidden">{table.caption}</caption>
      <thead>
        <tr>
          {table.columns.map((column, index) => (
            <th scope="col" key={column.title} class={index > 0 ? 'number' : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(row => (
          <DataRow key={row.key} row={row} table={table} plain={plain} bars={bars} />
        ))}
      </tbody>
    </table>
  );
}

function DataRow({ row, table, plain, bars }: { row: Row; table: Table; plain: boolean; bars: boolean }) {
  const name = written(row.cells[0], table.columns[0]);
  return (
    <tr
      data-key={row.cellKeys ? undefined : row.key}
      data-value={row.cellKeys ? undefined : (row.value ?? undefined)}
      class={row.selected ? 'selected' : undefined}
    >
      <th scope="row">
        {bars && <Bar share={row.share ?? 0} />}
        {row.select && !plain ? (
          <button type="button" class="row-name" title={name} aria-pressed={row.selected ?? false} onClick={row.select}>
            {name}
          </button>
        ) : (
          <span class="row-name" title={name}>
            {name}
          </span>
        )}
        {row.note && <small>{row.note}</small>}
      </th>
      {row.cells.slice(1).map((cell, index) => (
        <td class="number" key={index} data-key={row.cellKeys?.[index]} data-value={row.cellKeys ? (cell ?? undefined) : undefined}>
          {written(cell, table.columns[index + 1])}
        </td>
      ))}
    </tr>
  );
}

/** The bar behind a name. Its width is set by script, since the page's policy allows no style in HTML. */
function Bar({ share }: { share: number }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => bar.current?.style.setProperty('--share', String(share)), [share]);
  return <span class="bar" ref={bar} aria-hidden="true" />;
}
