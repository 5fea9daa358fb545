import { useEffect, useRef } from 'preact/hooks';
import type { UsTuningHoursQuery } from '../../generated/api';
import * as dates from '../format/dates';
import { count, hours, share } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { usePage } from '../state/context';
import { monthOf } from '../state/period';
import type { Table } from './data';
import { Card } from './frame';

type Channel = NonNullable<UsTuningHoursQuery['site']>['compliance']['channels'][number];

const mostChannels = 5;

/** How much of the US threshold of tuning hours each channel used in the month. Filters do not change it: it is what is reported. */
export function ThresholdCard() {
  const page = usePage();
  const variables = { site: page.site.key, month: monthOf(page.days) };
  const { data, loading, trouble } = useAnswer('us-tuning-hours', variables);
  const report = data?.site?.compliance;
  const channels = report
    ? [...report.channels].filter(channel => channel.threshold).sort((one, other) => other.threshold!.share - one.threshold!.share)
    : [];
  const table: Table | null = report
    ? {
        caption: `US tuning hours of ${dates.month(variables.month)} by channel`,
        columns: [
          { title: 'Channel' },
          { title: 'US hours', write: hours, csv: 'Tuning hours in the US' },
          { title: 'Threshold', write: count, csv: 'Threshold (hours)' },
          { title: 'Used', write: share, csv: 'Used (0 to 1)' },
        ],
        rows: channels.map(channel => ({
          key: channel.name ?? '',
          value: channel.threshold!.share,
          cells: [channel.name, channel.territory.tuningHours, channel.threshold!.limit, channel.threshold!.share],
        })),
      }
    : null;

  return (
    <Card
      name="threshold"
      title="US threshold"
      subtitle={`Tuning hours in the US, ${dates.month(variables.month)}, by channel; not filtered`}
      question={{ name: 'us-tuning-hours', variables }}
      loading={loading}
      trouble={trouble}
      table={table}
      empty="Nothing was listened to in this month."
      footer={
        channels.length > mostChannels && (
          <span class="muted">{count(channels.length - mostChannels)} more channels used less; the CSV has all.</span>
        )
      }
    >
      <ul class="gauges">
        {channels.slice(0, mostChannels).map(channel => (
          <Gauge key={channel.name ?? ''} channel={channel} />
        ))}
      </ul>
    </Card>
  );
}

/** One channel's part of the threshold, and what the month comes to at this rate. */
function Gauge({ channel }: { channel: Channel }) {
  const { limit, share: used, projectedShare, text } = channel.threshold!;
  const name = channel.name ?? 'All channels';
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    bar.current?.style.setProperty('--share', String(Math.min(1, used)));
    bar.current?.style.setProperty('--projected', String(Math.min(1, projectedShare ?? 0)));
  }, [used, projectedShare]);
  const level = Math.max(used, projectedShare ?? 0);
  return (
    <li data-key={name} data-value={used}>
      <div class="gauge-head">
        <span class="gauge-name" title={name}>
          {name}
        </span>
        <strong>{share(used)}</strong>
      </div>
      <div
        ref={bar}
        class={`gauge ${level >= 1 ? 'over' : level >= 0.8 ? 'near' : ''}`}
        role="meter"
        aria-label={`${name}: part of the threshold used`}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={Math.min(1, used)}
        aria-valuetext={text}
      >
        <span class="gauge-used" />
      </div>
      <p class="gauge-foot">
        {hours(channel.territory.tuningHours)} of {count(limit)} hours
        {projectedShare !== null && `, on the way to ${share(projectedShare)}`}
        {level >= 1 ? '. Above it the minimum fee no longer covers the hours.' : ''}
      </p>
    </li>
  );
}
