import { count } from '../format/numbers';
import { usePage } from '../state/context';
import { withFilter } from '../state/view';
import type { Answer } from '../api/documents';
import { filterValue } from '../ui/filter-names';
import { listed, ranked, RankingCard, shareColumn, useChoice } from './ranking';

const columns = [{ title: 'Place' }, { title: 'Sessions', write: count }, shareColumn];
const unplaced = (
  <>
    The files of places that these logs were read with know countries, and no regions or cities. A file that has them is given with{' '}
    <code>ingest --geo</code>.
  </>
);

/** Regions, and cities once a region is chosen: as far down as the page is narrowed. */
export function PlacesCard() {
  const { view } = usePage();
  return view.filters.region !== undefined ? <CitiesCard /> : <RegionsCard />;
}

function RegionsCard() {
  const { view, show } = usePage();
  const country = view.filters.country;
  const rows = (answer: Answer<'by-region'>) =>
    known(
      listed(answer.site?.report?.groups, node => {
        const [countryKey, region] = node.keys;
        return {
          ...ranked(
            `${countryKey?.value ?? ''}/${region?.value ?? ''}`,
            region?.value ?? (countryKey?.value == null ? 'Unknown' : `Elsewhere in ${countryKey.label}`),
            node.metrics.sessions,
            node.share,
          ),
          note: country === undefined && region?.value != null ? countryKey?.label : undefined,
          isKnown: region?.value != null,
          select: () => show(withFilter(view, { country: countryKey?.value ?? null, region: region?.value ?? null })),
          selected: false,
        };
      }),
    );
  return (
    <RankingCard
      name="places"
      title="Regions and cities"
      document="by-region"
      columns={columns}
      rows={rows}
      empty={unplaced}
      subtitle={country === undefined ? 'Regions by sessions' : `Regions of ${filterValue('country', country)} by sessions`}
    />
  );
}

function CitiesCard() {
  const { view } = usePage();
  const choice = useChoice('city');
  const rows = (answer: Answer<'by-city'>) =>
    known(
      listed(answer.site?.report?.groups, node => {
        const city = node.keys[2]?.value ?? null;
        return {
          ...ranked(city ?? '', city ?? 'Unknown', node.metrics.sessions, node.share),
          isKnown: city !== null,
          ...choice(city),
        };
      }),
    );
  return (
    <RankingCard
      name="places"
      title="Regions and cities"
      document="by-city"
      columns={columns}
      rows={rows}
      empty={unplaced}
      subtitle={`Cities of ${filterValue('region', view.filters.region ?? null)} by sessions`}
    />
  );
}

/** Nothing, where no place is known at all. */
function known<R extends { isKnown: boolean }>(answer: { rows: R[]; total: number } | null): { rows: R[]; total: number } | null {
  return answer && (answer.rows.some(row => row.isKnown) ? answer : { rows: [], total: 0 });
}
