import { written, type Table } from '../cards/data';
import * as dates from '../format/dates';
import type { Page } from '../state/context';
import { filterTexts } from '../ui/filter-names';
import { fontFamily, readPalette, type Palette } from './palette';

interface Content {
  title: string;
  page: Page;
  table: Table;
  draw?: ((width: number) => Promise<HTMLCanvasElement>) | undefined;
}

const ratio = 2;
const width = 1000;
const margin = 32;
const rowHeight = 30;
const mostRows = 40;

/** A card as a PNG that can stand alone: headed by its title, site, period and filters, with the chart, or the table where there is none. */
export async function picture({ title, page, table, draw }: Content): Promise<Blob> {
  const palette = readPalette();
  const chart = await draw?.(width - 2 * margin);
  const rows = table.rows.slice(0, mostRows);
  const content = chart ? chart.height / ratio : (rows.length + 1) * rowHeight;
  const canvas = document.createElement('canvas');
  canvas.width = width * ratio;
  canvas.height = (96 + content + 56) * ratio;
  const pen = canvas.getContext('2d')!;
  pen.scale(ratio, ratio);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, width, canvas.height);
  write(pen, title, margin, 46, `600 24px ${fontFamily}`, palette.text);
  write(
    pen,
    [page.site.name, dates.days(page.days), ...filterTexts(page.view)].join('  ·  '),
    margin,
    74,
    `14px ${fontFamily}`,
    palette.muted,
  );
  if (chart) pen.drawImage(chart, margin, 96, width - 2 * margin, content);
  else drawRows(pen, palette, { ...table, rows }, 96);
  const more = table.rows.length - rows.length;
  write(
    pen,
    `StatsGraph${more > 0 && !chart ? `  ·  and ${more} more rows` : ''}`,
    margin,
    96 + content + 34,
    `12px ${fontFamily}`,
    palette.muted,
  );
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))), 'image/png'),
  );
}

function drawRows(pen: CanvasRenderingContext2D, palette: Palette, table: Table, top: number): void {
  const columns = table.columns.length;
  const numberWidth = Math.min(140, (width - 2 * margin) / (columns + 1));
  const nameWidth = width - 2 * margin - numberWidth * (columns - 1);
  const right = (column: number) => margin + nameWidth + numberWidth * column;
  const line = (index: number) => top + index * rowHeight + 20;
  table.columns.forEach((column, index) => cell(pen, column.title, index, line(0), `600 13px ${fontFamily}`, palette.muted));
  table.rows.forEach((row, number) => {
    if (row.share !== undefined) {
      pen.fillStyle = palette.accentSoft;
      pen.fillRect(margin - 8, top + (number + 1) * rowHeight + 3, (nameWidth + 8) * row.share, rowHeight - 6);
    }
    row.cells.forEach((value, index) =>
      cell(pen, written(value, table.columns[index]), index, line(number + 1), `14px ${fontFamily}`, palette.text),
    );
  });

  function cell(on: CanvasRenderingContext2D, text: string, column: number, y: number, font: string, colour: string): void {
    on.textAlign = column === 0 ? 'left' : 'right';
    write(
      on,
      fitted(on, text, font, column === 0 ? nameWidth - 8 : numberWidth - 8),
      column === 0 ? margin : right(column),
      y,
      font,
      colour,
    );
    on.textAlign = 'left';
  }
}

/** A text cut to a width. */
function fitted(pen: CanvasRenderingContext2D, text: string, font: string, most: number): string {
  pen.font = font;
  if (pen.measureText(text).width <= most) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > most) length--;
  return `${text.slice(0, length)}…`;
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, font: string, colour: string): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
