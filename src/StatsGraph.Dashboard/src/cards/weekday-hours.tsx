import { useMemo } from 'preact/hooks';
import type { ByWeekdayHourQuery } from '../../generated/api';
import { axis, Chart, drawApart, tooltip, type MakeOption } from '../charts/chart';
import * as dates from '../format/dates';
import { average, count } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import { withFilter, withoutFilter } from '../state/view';
import type { Table } from './data';
import { Card } from './frame';

type Group = NonNullable<NonNullable<NonNullable<ByWeekdayHourQuery['site']>['report']>['groups']>['nodes'];

const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Sessions open at a time, by weekday (1 to 7) and hour; null in an hour that nobody listened in. */
function byCell(groups: Group): Map<string, number> {
  return new Map(groups?.map(group => [`${group.keys[0]?.value}-${group.keys[1]?.value}`, group.metrics.averageConcurrent]));
}

/** The week: average concurrent listeners by weekday and hour, as a heat map. */
export function WeekdayHoursCard() {
  const page = usePage();
  const { data, loading, trouble } = useAnswer('by-weekday-hour', periodVariables(page));
  const groups = data?.site?.report?.groups ?? null;
  const cells = useMemo(() => byCell(groups?.nodes ?? []), [groups]);
  const most = Math.max(0, ...cells.values());
  const selected = page.view.filters.hour;
  const choose = (hour: number) => page.show(selected === hour ? withoutFilter(page.view, 'hour') : withFilter(page.view, { hour }));

  const table: Table | null = groups && {
    caption: 'Average concurrent listeners by hour and weekday',
    columns: [{ title: 'Hour' }, ...weekdays.map(day => ({ title: dates.weekday(day), write: average }))],
    rows: groups.nodes?.length === 0 ? [] : hoursOfDay.map(hour => ({
      key: String(hour),
      value: weekdays.reduce((sum, day) => sum + (cells.get(`${day}-${hour}`) ?? 0), 0),
      cells: [dates.hour(hour), ...weekdays.map(day => cells.get(`${day}-${hour}`) ?? 0)],
      select: () => choose(hour), selected: selected === hour,
    })),
  };
  const make = useMemo<MakeOption>(() => palette => ({
    tooltip: {
      ...tooltip(palette), trigger: 'item',
      formatter: (item: unknown) => {
        const [hour = 0, day = 0, value = 0] = (item as { value: number[] }).value;
        return `${dates.longWeekday(day + 1)}, ${dates.hour(hour)}\n${average(value)} concurrent on average`;
      },
    },
    grid: { left: 4, right: 4, top: 4, bottom: 52, containLabel: true },
    xAxis: { ...axis(palette), type: 'category', data: hoursOfDay.map(dates.hour), axisLine: { show: false }, splitLine: { show: false } },
    yAxis: { ...axis(palette), type: 'category', inverse: true, data: weekdays.map(dates.weekday), axisLine: { show: false }, splitLine: { show: false } },
    visualMap: {
      min: 0, max: most || 1, calculable: false, orient: 'horizontal', right: 4, bottom: 4, itemWidth: 12, itemHeight: 120,
      inRange: { color: palette.scale }, text: [most < 10 ? average(most) : count(most), '0'], textStyle: { color: palette.muted, fontSize: 12 },
    },
    series: [{
      type: 'heatmap', emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1.5 } }, itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 3 },
      data: weekdays.flatMap(day => hoursOfDay.map(hour => ({
        value: [hour, day - 1, cells.get(`${day}-${hour}`) ?? 0],
        itemStyle: { opacity: selected === undefined || selected === hour ? 1 : 0.35 },
      }))),
    }],
  }), [cells, most, selected]);

  return (
    <Card
      name="weekday-hours" title="Week" subtitle="Average concurrent listeners by weekday and hour" question={{ name: 'by-weekday-hour', variables: { ...periodVariables(page) } }}
      loading={loading} trouble={trouble} table={table} draw={width => drawApart(make, width, 340)}
      chart={<Chart label="Heat map of average concurrent listeners by weekday and hour. The table has its figures." make={make} onClick={event => choose((event.value as number[])[0] ?? 0)} />}
    />
  );
}
