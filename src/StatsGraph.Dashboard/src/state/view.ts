import { isPeriodChoice, type Baseline, type PeriodChoice } from './period';

/** What sessions can be narrowed by; null is what is not known, such as listeners that cannot be placed. */
export interface Filters {
  mount?: string | null;
  entryMount?: string | null;
  country?: string | null;
  region?: string | null;
  city?: string | null;
  referrer?: string | null;
  player?: string | null;
  /** Hour of the session's start by the site's clock, 0 to 23. */
  hour?: number;
}

export type FilterName = keyof Filters;

/** The figures that the page can draw over time. */
export const figureNames = [
  'tuningHours',
  'sessions',
  'visits',
  'listeners',
  'averageDuration',
  'peakConcurrent',
  'averageConcurrent',
] as const;
export type FigureName = (typeof figureNames)[number];

/** All that an address says of what is shown: the same address shows the same thing. */
export interface View {
  /** Key of the site; null for the first one. */
  site: string | null;
  /** Null for what suits the data. */
  period: PeriodChoice | null;
  baseline: Baseline;
  /** Seconds; shorter sessions are left out. */
  minDuration: number;
  metric: FigureName;
  filters: Filters;
  /** The one card that is shown, in a frame of another page. */
  embed: string | null;
}

const texts = ['mount', 'entryMount', 'country', 'region', 'city', 'referrer', 'player'] as const;

/** Reads the query string of an address. What cannot be understood is as if it were not there. */
export function parseView(search: string): View {
  const given = new URLSearchParams(search);
  const period = given.get('period');
  const baseline = given.get('compare');
  const metric = given.get('metric');
  const hour = given.get('hour');
  const filters: Filters = {};
  for (const name of texts) {
    const value = given.get(name);
    if (value !== null) filters[name] = value === '' ? null : value;
  }
  if (hour !== null && /^\d{1,2}$/.test(hour) && Number(hour) < 24) filters.hour = Number(hour);
  return {
    site: given.get('site') || null,
    period: period !== null && isPeriodChoice(period) ? period : null,
    baseline: baseline === 'year' || baseline === 'none' ? baseline : 'previous',
    minDuration: seconds(given.get('min')),
    metric: figureNames.find(name => name === metric) ?? 'tuningHours',
    filters,
    embed: given.get('embed') || null,
  };
}

/** Writes the query string of a view: what is as usual is left out, so that addresses stay short. */
export function printView(view: View): string {
  const told = new URLSearchParams();
  if (view.site !== null) told.set('site', view.site);
  if (view.period !== null) told.set('period', view.period);
  if (view.baseline !== 'previous') told.set('compare', view.baseline);
  if (view.minDuration > 0) told.set('min', String(view.minDuration));
  if (view.metric !== 'tuningHours') told.set('metric', view.metric);
  for (const name of texts) {
    const value = view.filters[name];
    if (value !== undefined) told.set(name, value ?? '');
  }
  if (view.filters.hour !== undefined) told.set('hour', String(view.filters.hour));
  if (view.embed !== null) told.set('embed', view.embed);
  // Slashes and dots may stand in a query string, and mounts are easier to read with them.
  const text = told.toString().replaceAll('%2F', '/');
  return text === '' ? '' : `?${text}`;
}

/** The view with a filter added, or another value of it. */
export function withFilter(view: View, filters: Filters): View {
  return { ...view, filters: { ...view.filters, ...filters } };
}

/** The view without a filter, and without those that only meant something beneath it. */
export function withoutFilter(view: View, name: FilterName): View {
  const filters = { ...view.filters };
  delete filters[name];
  if (name === 'country') delete filters.region;
  if (name === 'country' || name === 'region') delete filters.city;
  return { ...view, filters };
}

function seconds(text: string | null): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
