import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'preact/hooks';
import { useTheme } from '../ui/theme';
import { fontFamily, readPalette, type Palette } from './palette';

/** Makes a chart's options in the colours of the page, at a width in CSS pixels. */
export type MakeOption = (palette: Palette, width: number) => EChartsCoreOption;

interface Props {
  /** What the chart shows, in words; the figures are in the table beside it. */
  label: string;
  make: MakeOption;
  /** What has to be loaded before it can be drawn, such as a map. */
  load?: () => Promise<unknown>;
  onClick?: ((event: { dataIndex: number; name: string; value: unknown }) => void) | undefined;
  /** Is told which column of the first axis was clicked, however high. */
  onColumn?: ((index: number) => void) | undefined;
  /** Is given the chart once it is drawn. */
  onReady?: (chart: EChartsType) => void;
}

/** A chart by ECharts, which is loaded when the first one is shown. */
export function Chart({ label, make, load, onClick, onColumn, onReady }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef({ make, onClick, onColumn, onReady });
  latest.current = { make, onClick, onColumn, onReady };
  const theme = useTheme();

  useEffect(() => {
    let gone = false;
    let observer: ResizeObserver | undefined;
    void Promise.all([import('./echarts'), load?.()]).then(([{ core }]) => {
      const element = place.current;
      if (gone || !element) return;
      const made = core.init(element, null, { renderer: 'canvas' });
      chart.current = made;
      made.on('click', event => latest.current.onClick?.(event as never));
      made.getZr().on('click', ({ offsetX, offsetY }) => {
        if (!latest.current.onColumn || !made.containPixel({ gridId: 'main' }, [offsetX, offsetY])) return;
        latest.current.onColumn(Number(made.convertFromPixel({ xAxisIndex: 0 }, offsetX)));
      });
      draw();
      latest.current.onReady?.(made);
      observer = new ResizeObserver(() => {
        made.resize();
        draw();
      });
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  const draw = () => {
    const [made, element] = [chart.current, place.current];
    if (made && element) made.setOption(styled(latest.current.make(readPalette(), element.clientWidth)), { notMerge: true });
  };
  useEffect(draw, [make, theme]);

  return <div ref={place} class="chart" role="img" aria-label={label} />;
}

/** What all charts have in common: the page's font, and tooltips on the canvas, since a text of a log must never become HTML. */
function styled(option: EChartsCoreOption): EChartsCoreOption {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return { textStyle: { fontFamily }, animation: !still, animationDuration: 300, animationDurationUpdate: 200, ...option };
}

/** Draws a chart apart from the page, for a picture. */
export async function drawApart(
  make: MakeOption,
  width: number,
  height: number,
  load?: () => Promise<unknown>,
): Promise<HTMLCanvasElement> {
  const [{ core }] = await Promise.all([import('./echarts'), load?.()]);
  const element = document.createElement('div');
  const chart = core.init(element, null, { renderer: 'canvas', width, height });
  // Nobody can zoom a picture.
  chart.setOption({ ...styled(make(readPalette(), width)), animation: false, dataZoom: [] });
  const canvas = chart.renderToCanvas({ pixelRatio: 2 });
  chart.dispose();
  return canvas;
}

/** How tooltips look. */
export function tooltip(palette: Palette) {
  return {
    renderMode: 'richText' as const,
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: palette.text, fontSize: 13, lineHeight: 20, fontFamily },
  };
}

/** How axes look. */
export function axis(palette: Palette) {
  return {
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { color: palette.muted, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.line, type: [3, 4] } },
  };
}
