import { daysBetween, earlier, firstOfMonth, firstOfYear, isDay, isMonth, plusDays, plusMonths, type Day } from './dates';

/** Periods by name, as the API has them: LAST_n are whole days or months before the current one. */
export const presets = {
  today: 'Today',
  yesterday: 'Yesterday',
  'last-7-days': 'Last 7 days',
  'last-30-days': 'Last 30 days',
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-year': 'This year',
  'last-year': 'Last year',
  'last-12-months': 'Last 12 months',
} as const;

export type Preset = keyof typeof presets;

/** What the page is to show: a preset, a month `2026-10`, or days `2026-10-01..2026-10-14`, the last one included. */
export type PeriodChoice = string;

/** What a period is compared to. */
export type Baseline = 'previous' | 'year' | 'none';

/** Whole days of the site's zone, `to` exclusive. */
export interface Days {
  from: Day;
  to: Day;
}

type Unit = 'days' | 'month' | 'year';

export function isPeriodChoice(text: string): boolean {
  const [from = '', to = ''] = text.split('..');
  return Object.hasOwn(presets, text) || isMonth(text) || (isDay(from) && isDay(to) && from <= to);
}

/** The days of a choice, on a day that is today; a period that runs ends with today. */
export function resolve(choice: PeriodChoice, today: Day): Days & { unit: Unit; running: boolean } {
  const whole = wholeOf(choice, today);
  const tomorrow = plusDays(today, 1);
  const running = whole.to > tomorrow && whole.from < tomorrow;
  return { ...whole, to: running ? tomorrow : whole.to, running: running || whole.to === tomorrow };
}

/**
 * The days that a period is compared to: the calendar unit before, else as many days before, or the same days of the year before. A unit that
 * runs is compared to as many days of the one before, for half a month says nothing beside a whole one.
 */
export function baselineOf(choice: PeriodChoice, today: Day, baseline: Baseline): Days | null {
  const period = resolve(choice, today);
  if (baseline === 'none') return null;
  if (baseline === 'year') return { from: plusMonths(period.from, -12), to: plusMonths(period.to, -12) };
  if (period.unit === 'days') return { from: plusDays(period.from, -daysBetween(period.from, period.to)), to: period.from };
  const from = plusMonths(period.from, period.unit === 'year' ? -12 : -1);
  return { from, to: period.running ? earlier(plusDays(from, daysBetween(period.from, period.to)), period.from) : period.from };
}

/** The month that says most of a period: that of its last day. */
export function monthOf(days: Days): string {
  return plusDays(days.to, -1).slice(0, 7);
}

function wholeOf(choice: PeriodChoice, today: Day): Days & { unit: Unit } {
  if (isMonth(choice)) return { from: `${choice}-01`, to: plusMonths(`${choice}-01`, 1), unit: 'month' };
  const [first = '', last = ''] = choice.split('..');
  if (isDay(first) && isDay(last)) return { from: first, to: plusDays(last, 1), unit: 'days' };
  const month = firstOfMonth(today);
  const year = firstOfYear(today);
  switch (choice as Preset) {
    case 'today':
      return { from: today, to: plusDays(today, 1), unit: 'days' };
    case 'yesterday':
      return { from: plusDays(today, -1), to: today, unit: 'days' };
    case 'last-7-days':
      return { from: plusDays(today, -7), to: today, unit: 'days' };
    case 'this-month':
      return { from: month, to: plusMonths(month, 1), unit: 'month' };
    case 'last-month':
      return { from: plusMonths(month, -1), to: month, unit: 'month' };
    case 'this-year':
      return { from: year, to: plusMonths(year, 12), unit: 'year' };
    case 'last-year':
      return { from: plusMonths(year, -12), to: year, unit: 'year' };
    case 'last-12-months':
      return { from: plusMonths(month, -12), to: month, unit: 'year' };
    default:
      return { from: plusDays(today, -30), to: today, unit: 'days' };
  }
}
