import { useMemo, useState } from 'preact/hooks';
import type { ByCountryQuery } from '../../generated/api';
import { Chart, drawApart, tooltip, type MakeOption } from '../charts/chart';
import { count, share as part } from '../format/numbers';
import { useAnswer } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import { DataTable } from '../ui/table';
import type { Table } from './data';
import { Card } from './frame';
import { listed, ranked, shareColumn, useChoice } from './ranking';

type Country = NonNullable<NonNullable<NonNullable<NonNullable<ByCountryQuery['site']>['report']>['countries']>['nodes']>[number];

const loadWorld = () =>
  import('../charts/world').then(map =>
    map.loadWorld().then(() => {
      drawnCountries = map.drawn;
    }),
  );
let drawnCountries: ReadonlySet<string> = new Set();

const firstRows = 10;

/** Where listeners are: a map of the world with the table beside it. */
export function CountriesCard() {
  const page = usePage();
  const choice = useChoice('country');
  const [all, setAll] = useState(false);
  const variables = { ...periodVariables(page), first: 300 };
  const { data, loading, trouble } = useAnswer('by-country', variables);
  const countries = data?.site?.report?.countries ?? null;
  const nodes = useMemo(() => countries?.nodes ?? [], [countries]);
  const selected = page.view.filters.country;

  const rows = listed(countries, node => ({
    ...ranked(node.code ?? '', node.name, node.metrics.sessions, node.share),
    ...choice(node.code),
  }));
  const table: Table | null = rows && {
    caption: 'Sessions by country',
    columns: [{ title: 'Country' }, { title: 'Sessions', write: count }, shareColumn],
    rows: rows.rows,
  };
  const make = useMemo<MakeOption>(() => option(nodes, selected), [nodes, selected]);
  const click = (event: { name: string }) => {
    const country = nodes.find(node => node.code !== null && node.code === event.name);
    if (country) choice(country.code).select();
  };

  return (
    <Card
      name="countries"
      title="Countries"
      subtitle="Where listeners are, by sessions"
      question={{ name: 'by-country', variables }}
      loading={loading}
      trouble={trouble}
      table={table}
      draw={width => drawApart(make, width, Math.round(width / 1.9), loadWorld)}
    >
      {table && (
        <div class="map-and-table">
          <Chart
            label="Map of the world with sessions by country. The table beside it has the figures."
            make={make}
            load={loadWorld}
            onClick={click}
          />
          <div>
            <div class={all ? 'scroll' : undefined} {...(all ? { tabIndex: 0, role: 'group', 'aria-label': table.caption } : {})}>
              <DataTable table={all ? table : { ...table, rows: table.rows.slice(0, firstRows) }} />
            </div>
            {table.rows.length > firstRows && (
              <p class="card-foot">
                <button type="button" class="link" onClick={() => setAll(!all)}>
                  {all ? 'Show less' : `Show all ${count(table.rows.length)}`}
                </button>
              </p>
            )}
          </div>
        </div>
      )}
    </Card>
  );
}

function option(countries: Country[], selected: string | null | undefined): MakeOption {
  return (palette, width) => {
    const most = Math.max(1, ...countries.filter(country => country.code !== null).map(country => country.metrics.sessions));
    const byCode = new Map(countries.map(country => [country.code ?? '', country]));
    const small = countries.filter(country => country.code !== null && !drawnCountries.has(country.code) && country.latitude !== null);
    const told = (code: string) => {
      const country = byCode.get(code);
      return country
        ? `${country.name}\n${count(country.metrics.sessions)} sessions, ${part(country.share)}\n${count(country.metrics.listeners)} listeners`
        : '';
    };
    // By the logarithm: the home country has most of all listeners, and the others would all look like none.
    const depth = (sessions: number) => (sessions <= 0 ? 0 : most === 1 ? 1 : Math.log(sessions + 1) / Math.log(most + 1));
    const faded = (code: string) => (selected !== undefined && selected !== null && selected !== code ? 0.35 : 1);
    return {
      tooltip: { ...tooltip(palette), trigger: 'item', formatter: (item: unknown) => told((item as { name: string }).name) },
      visualMap: { type: 'continuous', show: false, min: 0, max: 1, dimension: 0, seriesIndex: 0, inRange: { color: palette.scale } },
      geo: {
        map: 'world',
        roam: true,
        scaleLimit: { min: 1, max: 8 },
        layoutCenter: ['50%', '50%'],
        layoutSize: Math.max(width, 200),
        boundingCoords: [
          [-170, 84],
          [190, -56],
        ],
        label: { show: false },
        itemStyle: { areaColor: palette.none, borderColor: palette.surface, borderWidth: 0.6 },
        emphasis: { label: { show: false }, itemStyle: { areaColor: palette.second } },
        select: { disabled: true },
      },
      series: [
        {
          type: 'map',
          geoIndex: 0,
          data: countries
            .filter(country => country.code !== null)
            .map(country => ({
              name: country.code!,
              value: depth(country.metrics.sessions),
              itemStyle: { opacity: faded(country.code!) },
            })),
        },
        {
          type: 'scatter',
          coordinateSystem: 'geo',
          symbolSize: 9,
          itemStyle: { color: palette.accent, borderColor: palette.surface, borderWidth: 1.5 },
          data: small.map(country => ({
            name: country.code!,
            value: [country.longitude, country.latitude, country.metrics.sessions],
            itemStyle: { opacity: faded(country.code!) },
          })),
        },
      ],
    };
  };
}
