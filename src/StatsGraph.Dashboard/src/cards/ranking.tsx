import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../api/client';
import type { Answer, Variables } from '../api/documents';
import { count, roundShare } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage, type PeriodVariables } from '../state/context';
import { withFilter, withoutFilter, type FilterName } from '../state/view';
import { DataTable } from '../ui/table';
import type { Column, Row, Table } from './data';
import { Card } from './frame';

/** Documents of a period that are answered with a list. */
export type ListDocument = 'by-entry-mount' | 'by-mount' | 'by-player' | 'by-referrer' | 'by-country' | 'by-region' | 'by-city' | 'refused';

interface Props<N extends ListDocument> {
  name: string;
  title: string;
  subtitle: string;
  document: N;
  columns: Column[];
  /** The rows of an answer and how many there are in all; null where the answer has none. */
  rows: (answer: Answer<N>) => { rows: Row[]; total: number } | null;
  empty?: ComponentChildren;
  /** How many rows are shown at first. */
  first?: number;
  note?: string;
}

const mostRows = 1000;

/** A list by rank, with bars: the first rows, or all of them when somebody wants that. */
export function RankingCard<N extends ListDocument>({ name, title, subtitle, document, columns, rows, empty, first = 8, note }: Props<N>) {
  const page = usePage();
  const [all, setAll] = useState(false);
  const [sought, setSought] = useState('');
  const variables = { ...periodVariables(page), first: all ? mostRows : first };
  const { data, loading, trouble } = useAnswer(document, variables as Variables<N>);
  const answer = data && rows(data);
  const tableOf = (found: Row[]): Table => ({ caption: `${title}: ${subtitle}`, columns, rows: found });
  const table = answer && tableOf(answer.rows);
  const more = (answer?.total ?? 0) - (answer?.rows.length ?? 0);

  return (
    <Card
      name={name}
      title={title}
      subtitle={subtitle}
      question={{ name: document, variables: { ...variables } }}
      loading={loading}
      trouble={trouble}
      table={table}
      empty={empty}
      allRows={async () => tableOf(rows(await ask(document, allOf(variables) as Variables<N>, new AbortController().signal))?.rows ?? [])}
      footer={
        (more > 0 || all || note) && (
          <>
            {note && <span class="muted">{note}</span>}
            {more > 0 && !all && (
              <button type="button" class="link" onClick={() => setAll(true)}>
                Show all {count(answer!.total)}
              </button>
            )}
            {all && more > 0 && (
              <span class="muted">
                The first {count(mostRows)} of {count(answer!.total)} are shown.
              </span>
            )}
            {all && (answer?.rows.length ?? 0) > first && (
              <button type="button" class="link" onClick={() => setAll(false)}>
                Show less
              </button>
            )}
          </>
        )
      }
    >
      {table && !all && <DataTable table={table} />}
      {table && all && (
        <>
          <input
            type="search"
            class="find"
            placeholder="Find"
            aria-label={`Find in ${title}`}
            value={sought}
            onInput={event => setSought(event.currentTarget.value)}
          />
          <div class="scroll" tabIndex={0} role="group" aria-label={table.caption}>
            <DataTable table={{ ...table, rows: table.rows.filter(row => holds(row, sought)) }} />
          </div>
        </>
      )}
    </Card>
  );
}

/** Whether a row's name has a text in it, in whatever case. */
const holds = (row: Row, text: string) =>
  String(row.cells[0] ?? '')
    .toLowerCase()
    .includes(text.trim().toLowerCase());

const allOf = (variables: PeriodVariables) => ({ ...variables, first: mostRows });

/** Rows of a page of a list. */
export function listed<T, R>(
  page: { nodes: T[] | null; totalCount: number } | null | undefined,
  row: (node: T) => R,
): { rows: R[]; total: number } | null {
  return page?.nodes ? { rows: page.nodes.map(row), total: page.totalCount } : null;
}

/** What all rows of a list have: what a row is called, its figure, and its part of the whole. */
export const ranked = (key: string, name: string, value: number, share: number) => ({ key, value, share, cells: [name, value, share] });

/** How a click on a row narrows the page, and widens it again. */
export function useChoice(name: FilterName) {
  const { view, show } = usePage();
  return (value: string | number | null) => ({
    selected: view.filters[name] === value && name in view.filters,
    select: () =>
      show(view.filters[name] === value && name in view.filters ? withoutFilter(view, name) : withFilter(view, { [name]: value })),
  });
}

/** A column of shares. */
export const shareColumn: Column = { title: 'Share', write: roundShare, csv: 'Share (0 to 1)' };
