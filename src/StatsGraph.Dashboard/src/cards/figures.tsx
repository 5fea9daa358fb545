import * as dates from '../format/dates';
import { figureOf, figures } from '../format/figures';
import { signed } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import { figureNames, type FigureName } from '../state/view';
import { changeOf, isMostlySilent } from './change';
import type { Table } from './data';
import { Card } from './frame';

/** Figures at a glance: each with its change, and a button that draws it over time. */
export function FiguresCard() {
  const page = usePage();
  const now = useAnswer('figures', periodVariables(page));
  const before = useAnswer('figures', page.baseline ? periodVariables(page, page.baseline) : null);
  const course = useAnswer('over-time', page.baseline ? periodVariables(page, page.baseline) : null);
  const report = now.data?.site?.report;
  const earlier = page.baseline ? (before.data?.site?.report.totals ?? null) : null;
  const compared = page.baseline && dates.days(page.baseline);

  const table: Table | null = report
    ? {
        caption: 'Figures of the period and of the one that it is compared to',
        columns: [{ title: 'Figure' }, { title: 'Unit' }, { title: dates.days(page.days) }, ...(compared ? [{ title: compared }] : [])],
        rows: figureNames.map(name => ({
          key: name,
          value: figureOf(report.totals, name),
          cells: [
            figures[name].title,
            figures[name].unit,
            figureOf(report.totals, name),
            ...(compared ? [earlier && figureOf(earlier, name)] : []),
          ],
        })),
      }
    : null;

  return (
    <Card
      name="figures"
      title="At a glance"
      subtitle={
        dates.days(page.days) +
        (compared ? `, compared to ${compared}` : '') +
        (compared && isMostlySilent(course.data?.site?.report.timeSeries.buckets ?? []) ? ', in most of which nobody listened' : '') +
        (page.running && page.baselineName === 'previous' ? ' (as many days)' : '')
      }
      question={{ name: 'figures', variables: { ...periodVariables(page) } }}
      loading={now.loading}
      trouble={now.trouble}
      table={table}
    >
      <ul class="tiles">
        {report &&
          figureNames.map(name => (
            <Tile
              key={name}
              name={name}
              value={figureOf(report.totals, name)}
              before={earlier && figureOf(earlier, name)}
              note={
                name === 'peakConcurrent' && report.totals.peakConcurrent.at
                  ? dates.moment(report.totals.peakConcurrent.at, page.site.timeZone)
                  : undefined
              }
            />
          ))}
      </ul>
    </Card>
  );
}

interface TileProps {
  name: FigureName;
  value: number | null;
  before: number | null;
  note?: string | undefined;
}

function Tile({ name, value, before, note }: TileProps) {
  const { view, show, baseline } = usePage();
  const figure = figures[name];
  const change = changeOf(value, before);
  return (
    <li>
      <button
        type="button"
        class="tile"
        aria-pressed={view.metric === name}
        title={`${figure.explained}. Show it over time.`}
        data-figure={name}
        data-value={value ?? undefined}
        data-change={change ?? undefined}
        onClick={() => show({ ...view, metric: name })}
      >
        <span class="tile-name">{figure.title}</span>
        <span class="tile-value">{value === null ? '–' : figure.write(value)}</span>
        <span class="tile-foot">
          {baseline && <Change change={change} value={value} before={before} write={figure.write} />}
          {note && <span class="tile-note">{note}</span>}
        </span>
      </button>
    </li>
  );
}

/** A change, told by its sign, an arrow and a colour. */
function Change({
  change,
  value,
  before,
  write,
}: {
  change: number | null;
  value: number | null;
  before: number | null;
  write: (value: number) => string;
}) {
  if (before === 0 && value === 0) return <span class="change same">unchanged</span>;
  if (change === null) return <span class="change">{before === null ? '–' : 'nothing before'}</span>;
  const direction = Math.abs(change) < 0.0005 ? 'same' : change > 0 ? 'up' : 'down';
  return (
    <span class={`change ${direction}`} title={`${write(before!)} before`}>
      <span aria-hidden="true">{{ up: '▲', down: '▼', same: '=' }[direction]} </span>
      {direction === 'same' ? 'unchanged' : signed(change)}
    </span>
  );
}
