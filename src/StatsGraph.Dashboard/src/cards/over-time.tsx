import type { EChartsType } from 'echarts/core';
import { useMemo, useRef } from 'preact/hooks';
import type { OverTimeQuery } from '../../generated/api';
import { axis, Chart, drawApart, tooltip, type MakeOption } from '../charts/chart';
import * as dates from '../format/dates';
import { figureOf, figures, isHeard } from '../format/figures';
import { average, compact, count } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import { dayIn, plusDays } from '../state/dates';
import { figureNames, type FigureName } from '../state/view';
import { Zoom } from '../ui/zoom';
import type { Table } from './data';
import { Card } from './frame';

type Report = NonNullable<NonNullable<OverTimeQuery['site']>['report']>;
type Bucket = Report['timeSeries']['buckets'][number];

const unitNames: Record<string, string> = { QUARTER_HOUR: 'quarter hour', HOUR: 'hour', DAY: 'day', WEEK: 'week', MONTH: 'month' };

/** Buckets that the data reach; those after are not nothing, they are not known yet. */
export function reached(report: Pick<Report, 'period' | 'timeSeries'>): Bucket[] {
  const through = report.period.dataThrough;
  return through === null ? [] : report.timeSeries.buckets.filter(bucket => bucket.start <= through);
}

/** Listening over time: the chosen figure above, concurrent listeners below. */
export function OverTimeCard() {
  const page = usePage();
  const now = useAnswer('over-time', periodVariables(page));
  const before = useAnswer('over-time', page.baseline ? periodVariables(page, page.baseline) : null);
  const report = now.data?.site?.report ?? null;
  const earlier = page.baseline ? (before.data?.site?.report ?? null) : null;
  const metric = page.view.metric;
  const figure = figures[metric];
  const zone = page.site.timeZone;
  const interval = report?.timeSeries.interval ?? 'DAY';

  const buckets = useMemo(() => (report ? report.timeSeries.buckets : []), [report]);
  const known = useMemo(() => (report ? reached(report).length : 0), [report]);
  const baseline = useMemo(() => (earlier?.timeSeries.interval === interval ? earlier.timeSeries.buckets : []), [earlier, interval]);
  const table: Table | null = report && {
    caption: `Listening by ${unitNames[interval]}`,
    columns: [
      { title: 'From', csv: `From (${zone})` },
      ...figureNames.map(name => ({
        title: figures[name].title,
        write: figures[name].write,
        csv: `${figures[name].title} (${figures[name].unit})`,
      })),
    ],
    rows:
      known === 0 || !buckets.some(bucket => isHeard(bucket.metrics))
        ? []
        : buckets.slice(0, known).map(bucket => ({
            key: bucket.start,
            value: figureOf(bucket.metrics, metric),
            cells: [dates.bucket(bucket.start, interval, zone, true), ...figureNames.map(name => figureOf(bucket.metrics, name))],
            select: interval === 'HOUR' ? undefined : () => narrow(bucket),
          })),
  };
  const make = useMemo<MakeOption>(
    () => option(buckets, known, baseline, metric, interval, zone),
    [buckets, known, baseline, metric, interval, zone],
  );
  const narrow = (bucket: Bucket) =>
    page.show({ ...page.view, period: `${dayIn(zone, new Date(bucket.start))}..${plusDays(dayIn(zone, new Date(bucket.end)), -1)}` });
  const click = (index: number) => {
    const bucket = buckets[index];
    if (bucket && interval !== 'HOUR') narrow(bucket);
  };
  const chart = useRef<EChartsType | null>(null);

  return (
    <Card
      name="over-time"
      title="Listening over time"
      subtitle={`${figure.title} and concurrent listeners by ${unitNames[interval]}${interval === 'HOUR' ? '' : ` · click on a ${unitNames[interval]} to see it alone`}`}
      question={{ name: 'over-time', variables: { ...periodVariables(page) } }}
      loading={now.loading}
      trouble={now.trouble}
      table={table}
      draw={width => drawApart(make, width, 440)}
      tools={<Zoom chart={chart} buckets={buckets.slice(0, known)} />}
      chart={
        <Chart
          label={`Chart of ${figure.title.toLowerCase()} and concurrent listeners by ${unitNames[interval]}. The table has its figures.`}
          make={make}
          onColumn={interval === 'HOUR' ? undefined : click}
          onReady={made => {
            chart.current = made;
          }}
        />
      }
    />
  );
}

function option(buckets: Bucket[], known: number, baseline: Bucket[], metric: FigureName, interval: string, zone: string): MakeOption {
  return (palette, width) => {
    const figure = figures[metric];
    const isOneDay = interval === 'HOUR' && buckets.length <= 25;
    const label = (index: number, long: boolean) =>
      isOneDay && !long ? dates.time(buckets[index]!.start, zone) : dates.bucket(buckets[index]!.start, interval, zone, long);
    const seen = (name: FigureName) => buckets.map((bucket, index) => (index < known ? figureOf(bucket.metrics, name) : null));
    const axes = axis(palette);
    const bars = metric !== 'averageDuration' && metric !== 'averageConcurrent' && metric !== 'peakConcurrent';
    const narrow = width < 520;
    const step = stepOf(Math.max(0, ...[...buckets, ...baseline].map(bucket => bucket.metrics.averageDuration ?? 0)));
    const left = metric === 'averageDuration' ? 84 : 52;
    const text = (index: number) =>
      [
        label(index, true),
        `${figure.title}  ${write(figureOf(buckets[index]!.metrics, metric), figure.write)}`,
        ...(baseline[index]
          ? [
              `Before (${dates.bucket(baseline[index].start, interval, zone, false)})  ${write(figureOf(baseline[index].metrics, metric), figure.write)}`,
            ]
          : []),
        `Concurrent  ${average(buckets[index]!.metrics.averageConcurrent)}, at most ${count(buckets[index]!.metrics.peakConcurrent.sessions)}`,
      ].join('\n');
    return {
      tooltip: {
        ...tooltip(palette),
        trigger: 'axis',
        formatter: (items: unknown) => text((items as { dataIndex: number }[])[0]!.dataIndex),
        axisPointer: { type: 'line', lineStyle: { color: palette.muted } },
      },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      legend: {
        top: 0,
        left: 0,
        itemWidth: 14,
        itemHeight: 8,
        itemGap: narrow ? 10 : 18,
        textStyle: { color: palette.muted, fontSize: 12 },
        inactiveColor: palette.none,
      },
      // Both as far from the left, so that a day stands above itself.
      grid: [
        { id: 'main', left, right: 12, top: narrow ? 56 : 38, height: narrow ? '42%' : '47%' },
        { left, right: 12, bottom: 66, height: '21%' },
      ],
      xAxis: [0, 1].map(index => ({
        ...axes,
        type: 'category',
        gridIndex: index,
        data: buckets.map((_, at) => label(at, false)),
        axisLabel: { ...axes.axisLabel, show: index === 1 },
        splitLine: { show: false },
      })),
      yAxis: [0, 1].map(index => ({
        ...axes,
        type: 'value',
        gridIndex: index,
        minInterval: index === 1 || figure.write === count ? 1 : 0,
        splitNumber: index === 0 ? 4 : 2,
        ...(index === 0 && metric === 'averageDuration'
          ? { interval: step, max: (range: { max: number }) => Math.max(1, Math.ceil(range.max / step)) * step }
          : {}),
        axisLabel: {
          ...axes.axisLabel,
          formatter: (value: number) => (index === 0 && metric === 'averageDuration' ? figure.write(value) : compact(value)),
        },
      })),
      dataZoom: [
        { type: 'inside', xAxisIndex: [0, 1], zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, preventDefaultMouseMove: false },
        {
          type: 'slider',
          xAxisIndex: [0, 1],
          bottom: 4,
          height: 20,
          borderColor: palette.line,
          fillerColor: palette.accentSoft,
          backgroundColor: 'transparent',
          handleStyle: { color: palette.surface, borderColor: palette.muted },
          moveHandleSize: 0,
          showDetail: false,
          dataBackground: { lineStyle: { color: palette.line }, areaStyle: { color: palette.line, opacity: 0.4 } },
          selectedDataBackground: { lineStyle: { color: palette.accent }, areaStyle: { color: palette.accentSoft } },
          emphasis: { handleStyle: { borderColor: palette.accent } },
        },
      ],
      series: [
        bars
          ? {
              name: figure.title,
              type: 'bar',
              data: seen(metric),
              itemStyle: { color: palette.accent, borderRadius: [3, 3, 0, 0] },
              barMaxWidth: 34,
              barCategoryGap: '28%',
              emphasis: { disabled: true },
            }
          : {
              name: figure.title,
              type: 'line',
              data: seen(metric),
              symbol: 'circle',
              showSymbol: buckets.length < 40,
              symbolSize: 5,
              lineStyle: { color: palette.accent, width: 2 },
              itemStyle: { color: palette.accent },
            },
        ...(baseline.length > 0
          ? [
              {
                name: 'Before',
                type: 'line',
                data: buckets.map((_, index) => (baseline[index] ? figureOf(baseline[index].metrics, metric) : null)),
                showSymbol: false,
                lineStyle: { color: palette.before, width: 1.5, type: 'dashed' },
                itemStyle: { color: palette.before },
                z: 3,
              },
            ]
          : []),
        {
          name: 'Average concurrent',
          type: 'line',
          xAxisIndex: 1,
          yAxisIndex: 1,
          data: seen('averageConcurrent'),
          showSymbol: false,
          areaStyle: { color: palette.accentSoft, opacity: 1 },
          lineStyle: { color: palette.accent, width: 1.5 },
          itemStyle: { color: palette.accent },
        },
        {
          name: 'Peak concurrent',
          type: 'line',
          xAxisIndex: 1,
          yAxisIndex: 1,
          data: seen('peakConcurrent'),
          showSymbol: false,
          lineStyle: { color: palette.second, width: 1.5 },
          itemStyle: { color: palette.second },
        },
      ],
    };
  };
}

/** Seconds from one line of an axis to the next, so that some five of them reach a length of time, and each is one that people know. */
function stepOf(longest: number): number {
  const known = [10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200];
  return known.find(seconds => seconds * 5 >= longest) ?? 86_400 * Math.ceil(longest / 86_400 / 5);
}

const write = (value: number | null, by: (value: number) => string) => (value === null ? '–' : by(value));
