import type { LineClass } from '../../generated/api';
import { count, share } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { usePage } from '../state/context';
import { DataTable } from '../ui/table';
import type { Table } from './data';
import { Card } from './frame';

const classes: Record<LineClass, [title: string, why: string]> = {
  LISTENER: ['Listeners', 'counted in all figures'],
  RELAY: ['Relays', 'other streaming servers: their audience is in their own logs'],
  BOT: ['Bots', 'monitors, crawlers and scripts'],
  SOURCE: ['Sources', "the station's own encoders"],
  ADMIN: ['Administration', 'statistics and administration of the server'],
  ERROR: ['Refused', 'answered with an error'],
  NON_STREAM: ['Files', 'pages, playlists and images'],
  PROBE: ['Probes', 'players that looked before they listened'],
  SUSPECT: ['Suspect', 'durations that cannot be true'],
  REJECTED: ['Rejected', 'lines that cannot be read'],
};

/** What became of all lines ever read: which count, which were left out, and why. */
export function LeftOutCard() {
  const page = usePage();
  const variables = { site: page.site.key };
  const { data, loading, trouble } = useAnswer('intake', variables);
  const intake = data?.site?.intake;
  const lines = intake ? [...intake.classes].filter(row => row.lines > 0).sort((one, other) => other.lines - one.lines) : [];
  const whole = intake?.lines ?? 0;
  const table: Table | null = intake
    ? {
        caption: 'Lines of the logs by what became of them',
        columns: [{ title: 'Lines' }, { title: 'Number', write: count }, { title: 'Part', write: share, csv: 'Part (0 to 1)' }],
        rows:
          whole === 0
            ? []
            : [
                ...lines.map(row => ({
                  key: row.class,
                  value: row.lines,
                  note: classes[row.class][1],
                  share: row.lines / whole,
                  cells: [classes[row.class][0], row.lines, row.lines / whole],
                })),
                ...(intake.blank > 0
                  ? [
                      {
                        key: 'BLANK',
                        value: intake.blank,
                        share: intake.blank / whole,
                        cells: ['Blank', intake.blank, intake.blank / whole],
                      },
                    ]
                  : []),
              ],
      }
    : null;
  const out = intake ? whole - (intake.classes.find(row => row.class === 'LISTENER')?.lines ?? 0) : 0;

  return (
    <Card
      name="left-out"
      title="What was left out"
      subtitle={intake ? `${count(out)} of ${count(whole)} lines ever read count in no figure` : 'Of all lines ever read'}
      question={{ name: 'intake', variables }}
      loading={loading}
      trouble={trouble}
      table={table}
      empty="No log has been read for this station yet."
    >
      {table && <DataTable table={table} />}
      {intake && intake.rejections.length > 0 && (
        <details class="rejections">
          <summary>Why lines were rejected</summary>
          <ul>
            {intake.rejections.map(rejection => (
              <li key={rejection.reason} data-key={rejection.reason} data-value={rejection.lines}>
                <strong>{rejection.reason}</strong> {count(rejection.lines)}
                {rejection.examples.map((example, index) => (
                  <code key={index}>{example}</code>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
