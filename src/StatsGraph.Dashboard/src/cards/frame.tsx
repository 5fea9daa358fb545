import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Question } from '../api/documents';
import type { Trouble } from '../api/trouble';
import { toCsv } from '../format/csv';
import { fileName, save } from '../format/download';
import { usePage } from '../state/context';
import { plusDays } from '../state/dates';
import { Icon } from '../ui/icon';
import { QueryDialog } from '../ui/query-dialog';
import { DataTable } from '../ui/table';
import { TroubleText } from '../ui/trouble-text';
import type { Table } from './data';

export type CardState = 'loading' | 'ready' | 'empty' | 'error';

export interface CardProps {
  name: string;
  title: string;
  /** What is told of, in a few words beneath the title. */
  subtitle?: string;
  /** What is asked to know it. */
  question: Question;
  loading: boolean;
  trouble: Trouble | null;
  /** Null before the answer is there. */
  table: Table | null;
  /** All rows, for a CSV, where the card shows the first ones. */
  allRows?: () => Promise<Table>;
  /** What an empty card says. */
  empty?: ComponentChildren;
  /** The chart; the table is read by screen readers then, and shown in its place when somebody wants that. */
  chart?: ComponentChildren;
  /** Draws the chart for a picture, in CSS pixels; without it the table is drawn. */
  draw?: (width: number) => Promise<HTMLCanvasElement>;
  /** Stands between title and content; what it does is done to the chart. */
  tools?: ComponentChildren;
  /** In place of the table, where there is no chart. */
  children?: ComponentChildren;
  /** Beneath the content. */
  footer?: ComponentChildren;
}

/** The frame of every card: title, what can be done with it, and how far its answer is. */
export function Card(props: CardProps) {
  const { name, title, table, loading, trouble } = props;
  const [asTable, setAsTable] = useState(false);
  const rows = table?.rows.length ?? 0;
  const state: CardState = trouble && !table ? 'error' : !table ? 'loading' : rows === 0 ? 'empty' : 'ready';
  return (
    <section class={`card card-${name}`} data-card={name} data-state={state} aria-labelledby={`card-${name}`} aria-busy={loading}>
      <header class="card-head">
        <div class="card-title">
          <h2 id={`card-${name}`}>{title}</h2>
          {props.subtitle && <p class="subtitle">{props.subtitle}</p>}
        </div>
        <Actions {...props} asTable={asTable} onToggle={props.chart ? () => setAsTable(!asTable) : undefined} ready={state === 'ready'} />
      </header>
      {state === 'ready' && !asTable && props.tools}
      <div class="card-body">
        {state === 'error' && <TroubleText trouble={trouble!} />}
        {state === 'loading' && <Skeleton />}
        {state === 'empty' && <p class="empty">{props.empty ?? 'Nothing was listened to in this period.'}</p>}
        {state === 'ready' && <Content {...props} table={table!} asTable={asTable} />}
      </div>
      {state === 'ready' && props.footer && <footer class="card-foot">{props.footer}</footer>}
    </section>
  );
}

function Content({ table, chart, children, asTable }: CardProps & { table: Table; asTable: boolean }) {
  if (!chart) return <>{children ?? <DataTable table={table} />}</>;
  if (asTable)
    return (
      <div class="scroll" tabIndex={0} role="group" aria-label={table.caption}>
        <DataTable table={table} />
      </div>
    );
  return (
    <>
      {chart}
      <div class="visually-hidden">
        <DataTable table={table} plain />
      </div>
    </>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">Loading</span>
    </div>
  );
}

interface ActionProps extends CardProps {
  asTable: boolean;
  ready: boolean;
  onToggle?: (() => void) | undefined;
}

/** The buttons of a card. */
function Actions(props: ActionProps) {
  const { name, title, question, ready, onToggle, asTable } = props;
  const page = usePage();
  const [asked, setAsked] = useState(false);
  const base = `${fileName('statsgraph', page.site.key, name, page.days.from)}_${plusDays(page.days.to, -1)}`;

  const csv = async () => {
    const table = props.allRows ? await props.allRows() : props.table!;
    const header = table.columns.map(column => column.csv ?? column.title);
    // The mark tells spreadsheets that the text is UTF-8.
    save(
      new Blob(
        [
          '\uFEFF',
          toCsv(
            header,
            table.rows.map(row => row.cells),
          ),
        ],
        { type: 'text/csv;charset=utf-8' },
      ),
      `${base}.csv`,
    );
  };
  const png = async () => {
    const { picture } = await import('../charts/picture');
    save(await picture({ title, page, table: props.table!, draw: props.draw }), `${base}.png`);
  };

  return (
    <div class="actions">
      {onToggle && (
        <ActionButton
          action="toggle"
          icon={asTable ? 'chart' : 'table'}
          label={`Show ${title} as ${asTable ? 'chart' : 'table'}`}
          disabled={!ready}
          onClick={onToggle}
        />
      )}
      <ActionButton action="csv" icon="csv" label={`Download CSV of ${title}`} disabled={!ready} onClick={csv} />
      <ActionButton action="png" icon="png" label={`Download picture of ${title}`} disabled={!ready} onClick={png} />
      <ActionButton action="query" icon="query" label={`Query of ${title}`} onClick={() => setAsked(true)} />
      {asked && <QueryDialog title={title} question={question} onClose={() => setAsked(false)} />}
    </div>
  );
}

interface ButtonProps {
  action: string;
  icon: Icon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function ActionButton({ action, icon, label, disabled = false, onClick }: ButtonProps) {
  return (
    <button type="button" class="icon-button" data-action={action} aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
