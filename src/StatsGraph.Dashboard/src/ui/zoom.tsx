import type { EChartsType } from 'echarts/core';
import { useState } from 'preact/hooks';
import { usePage } from '../state/context';
import { dayIn } from '../state/dates';
import { Icon } from './icon';

/** Buttons that zoom the chart, for who has no mouse, and one that takes what is seen for the period. */
export function Zoom({ chart, buckets }: { chart: { current: EChartsType | null }; buckets: { start: string; end: string }[] }) {
  const page = usePage();
  const [told, setTold] = useState('');
  const range = () => {
    const zoom = (chart.current?.getOption()['dataZoom'] as { start: number; end: number }[] | undefined)?.[0];
    return zoom ? { start: zoom.start, end: zoom.end } : { start: 0, end: 100 };
  };
  const zoomTo = (start: number, end: number) => {
    const [from, to] = [Math.max(0, start), Math.min(100, end)];
    chart.current?.dispatchAction({ type: 'dataZoom', start: from, end: to });
    setTold(`Shown are ${Math.round(to - from)} % of the period`);
  };
  const by = (factor: number) => {
    const { start, end } = range();
    const [middle, half] = [(start + end) / 2, Math.max(2.5, ((end - start) / 2) * factor)];
    zoomTo(middle - half, middle + half);
  };
  const move = (part: number) => {
    const { start, end } = range();
    const step = Math.max(-start, Math.min(100 - end, (end - start) * part));
    zoomTo(start + step, end + step);
  };
  const take = () => {
    const { start, end } = range();
    const [first, last] = [
      buckets[Math.floor((start / 100) * (buckets.length - 1))],
      buckets[Math.ceil((end / 100) * (buckets.length - 1))],
    ];
    if (!first || !last) return;
    const zone = page.site.timeZone;
    page.show({
      ...page.view,
      period: `${dayIn(zone, new Date(first.start))}..${dayIn(zone, new Date(new Date(last.end).getTime() - 1000))}`,
    });
  };
  const button = (icon: Icon, label: string, onClick: () => void) => (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="zoom" role="group" aria-label="Zoom">
      {button('in', 'Zoom in', () => by(0.5))}
      {button('out', 'Zoom out', () => by(2))}
      {button('left', 'Earlier', () => move(-0.5))}
      {button('right', 'Later', () => move(0.5))}
      <button type="button" class="button small" onClick={take}>
        Take as period
      </button>
      <span class="visually-hidden" role="status">
        {told}
      </span>
    </div>
  );
}
