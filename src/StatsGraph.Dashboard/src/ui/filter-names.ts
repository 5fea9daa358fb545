import * as dates from '../format/dates';
import { duration } from '../format/numbers';
import type { FilterName, Filters, View } from '../state/view';

const filterNames: Record<FilterName, string> = {
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

/** Filters by name, each with what a reader is told of it. */
export function toldFilters(filters: Filters): { name: FilterName; text: string }[] {
  const entries = Object.entries(filters) as [FilterName, string | number | null][];
  return entries.map(([name, value]) => ({ name, text: `${filterNames[name]}: ${filterValue(name, value)}` }));
}

/** All that narrows a view, each as a text. */
export function filterTexts(view: View): string[] {
  const texts = toldFilters(view.filters).map(filter => filter.text);
  return view.minDuration > 0 ? [...texts, `from ${duration(view.minDuration)} on`] : texts;
}
