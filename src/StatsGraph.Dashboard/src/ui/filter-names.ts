import * as dates from '../format/dates';
import { duration } from '../format/numbers';
import type { FilterName, View } from '../state/view';

export const filterNames: Record<FilterName, string> = {
  mount: 'Mount',
  entryMount: 'Entry mount',
  country: 'Country',
  region: 'Region',
  city: 'City',
  referrer: 'Referrer',
  player: 'Player',
  hour: 'Hour',
};

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** The value of a filter for people. */
export function filterValue(name: FilterName, value: string | number | null): string {
  if (name === 'hour') return dates.hour(Number(value));
  if (value === null) return name === 'referrer' ? 'Direct' : 'Unknown';
  return name === 'country' ? countryName(String(value)) : String(value);
}

function countryName(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** All that narrows a view, each as a text. */
export function filterTexts(view: View): string[] {
  const filters = Object.entries(view.filters) as [FilterName, string | number | null][];
  const texts = filters.map(([name, value]) => `${filterNames[name]}: ${filterValue(name, value)}`);
  return view.minDuration > 0 ? [...texts, `from ${duration(view.minDuration)} on`] : texts;
}
