import { useMemo } from 'preact/hooks';
import { axis, Chart, drawApart, tooltip, type MakeOption } from '../charts/chart';
import * as dates from '../format/dates';
import { isHeard } from '../format/figures';
import { average, compact, count, hours as inHours } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import type { Table } from './data';
import { Card } from './frame';
import { useChoice } from './ranking';

/** Visits by hour of the day, on the site's clock. */
export function HoursCard() {
  const page = usePage();
  const { data, loading, trouble } = useAnswer('by-hour', periodVariables(page));
  const report = data?.site?.report;
  const rows = useMemo(() => report?.hourlyVisits ?? [], [report]);
  const selected = page.view.filters.hour;
  const choice = useChoice('hour');

  const table: Table | null = report
    ? {
        caption: `Visits by hour of the day, ${page.site.timeZone}`,
        columns: [
          { title: 'Hour' },
          { title: 'Visits', write: count },
          { title: 'Sessions', write: count },
          { title: 'Hours', write: inHours, csv: 'Tuning hours' },
          { title: 'Concurrent', write: average, csv: 'Average concurrent' },
        ],
        rows: !rows.some(isHeard)
          ? []
          : rows.map(row => ({
              key: String(row.hour),
              value: row.visits,
              cells: [dates.hour(row.hour), row.visits, row.sessions, row.tuningHours, row.averageConcurrent],
              ...choice(row.hour),
            })),
      }
    : null;

  const make = useMemo<MakeOption>(
    () => palette => ({
      tooltip: {
        ...tooltip(palette),
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: palette.accentSoft } },
        formatter: (items: unknown) => {
          const row = rows[(items as { dataIndex: number }[])[0]!.dataIndex]!;
          return `${dates.hour(row.hour)}\nVisits  ${count(row.visits)}\nSessions  ${count(row.sessions)}\nTuning hours  ${inHours(row.tuningHours)}\nConcurrent  ${average(row.averageConcurrent)}`;
        },
      },
      grid: { id: 'main', left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
      xAxis: {
        ...axis(palette),
        type: 'category',
        data: rows.map(row => dates.hour(row.hour)),
        splitLine: { show: false },
        triggerEvent: false,
      },
      yAxis: {
        ...axis(palette),
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { ...axis(palette).axisLabel, formatter: compact },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '22%',
          barMaxWidth: 30,
          emphasis: { disabled: true },
          data: rows.map(row => ({
            value: row.visits,
            itemStyle: {
              color: selected === undefined || selected === row.hour ? palette.accent : palette.none,
              borderRadius: [3, 3, 0, 0],
            },
          })),
        },
      ],
    }),
    [rows, selected],
  );

  return (
    <Card
      name="hours"
      title="Hours of the day"
      subtitle={`Visits by the clock of ${page.site.timeZone}`}
      question={{ name: 'by-hour', variables: { ...periodVariables(page) } }}
      loading={loading}
      trouble={trouble}
      table={table}
      draw={width => drawApart(make, width, 340)}
      chart={
        <Chart
          label="Chart of visits by hour of the day. The table has its figures."
          make={make}
          onColumn={hour => choice(hour).select()}
        />
      }
    />
  );
}
