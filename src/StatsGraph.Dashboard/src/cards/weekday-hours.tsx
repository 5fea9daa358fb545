import { useMemo } from 'preact/hooks';
import type { ByWeekdayHourQuery } from '../../generated/api';
import { axis, Chart, drawApart, tooltip, type MakeOption } from '../charts/chart';
import * as dates from '../format/dates';
import { average, count } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import type { Table } from './data';
import { Card } from './frame';
import { useChoice } from './ranking';

type Group = NonNullable<NonNullable<NonNullable<ByWeekdayHourQuery['site']>['report']>['groups']>['nodes'];

type Cell = NonNullable<Group>[number]['metrics'];

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Figures by weekday (1 to 7) and hour; hours that nobody listened in have none. */
function byCell(groups: Group): Map<string, Cell> {
  return new Map(groups?.map(group => [`${group.keys[0]?.value}-${group.keys[1]?.value}`, group.metrics]));
}

/** The week: visits by weekday and hour, as a heat map. */
export function WeekdayHoursCard() {
  const page = usePage();
  const { data, loading, trouble } = useAnswer('by-weekday-hour', periodVariables(page));
  const groups = data?.site?.report?.groups ?? null;
  const cells = useMemo(() => byCell(groups?.nodes ?? []), [groups]);
  const visits = (day: number, hour: number) => cells.get(`${day}-${hour}`)?.visits ?? 0;
  const most = Math.max(0, ...[...cells.values()].map(cell => cell.visits));
  const selected = page.view.filters.hour;
  const choice = useChoice('hour');

  const table: Table | null = groups && {
    caption: 'Visits by hour and weekday',
    columns: [{ title: 'Hour' }, ...weekdays.map(day => ({ title: dates.weekday(day), write: count }))],
    rows:
      groups.nodes?.length === 0
        ? []
        : hoursOfDay.map(hour => ({
            key: String(hour),
            value: weekdays.reduce((sum, day) => sum + visits(day, hour), 0),
            cells: [dates.hour(hour), ...weekdays.map(day => visits(day, hour))],
            cellKeys: weekdays.map(day => `${day}-${hour}`),
            ...choice(hour),
          })),
  };
  const make = useMemo<MakeOption>(
    () => palette => ({
      tooltip: {
        ...tooltip(palette),
        trigger: 'item',
        formatter: (item: unknown) => {
          const [hour = 0, day = 0, value = 0] = (item as { value: number[] }).value;
          const concurrent = cells.get(`${day + 1}-${hour}`)?.averageConcurrent ?? 0;
          return `${dates.longWeekday(day + 1)}, ${dates.hour(hour)}\nVisits  ${count(value)}\nConcurrent  ${average(concurrent)}`;
        },
      },
      grid: { left: 4, right: 4, top: 4, bottom: 52, containLabel: true },
      xAxis: {
        ...axis(palette),
        type: 'category',
        data: hoursOfDay.map(dates.hour),
        axisLine: { show: false },
        splitLine: { show: false },
      },
      yAxis: {
        ...axis(palette),
        type: 'category',
        inverse: true,
        data: weekdays.map(dates.weekday),
        axisLine: { show: false },
        splitLine: { show: false },
      },
      visualMap: {
        min: 0,
        max: most || 1,
        calculable: false,
        orient: 'horizontal',
        right: 4,
        bottom: 4,
        itemWidth: 12,
        itemHeight: 120,
        inRange: { color: palette.scale },
        text: [count(most), '0'],
        textStyle: { color: palette.muted, fontSize: 12 },
      },
      series: [
        {
          type: 'heatmap',
          emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1.5 } },
          itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 3 },
          data: weekdays.flatMap(day =>
            hoursOfDay.map(hour => ({
              value: [hour, day - 1, visits(day, hour)],
              itemStyle: { opacity: selected === undefined || selected === hour ? 1 : 0.35 },
            })),
          ),
        },
      ],
    }),
    [cells, most, selected],
  );

  return (
    <Card
      name="weekday-hours"
      title="Week"
      subtitle={`Visits by weekday and hour, ${page.site.timeZone}`}
      question={{ name: 'by-weekday-hour', variables: { ...periodVariables(page) } }}
      loading={loading}
      trouble={trouble}
      table={table}
      draw={width => drawApart(make, width, 340)}
      chart={
        <Chart
          label="Heat map of visits by weekday and hour. The table has its figures."
          make={make}
          onClick={event => choice((event.value as number[])[0] ?? 0).select()}
        />
      }
    />
  );
}
