import { daysBetween, noon, plusDays, type Day } from '../state/dates';
import type { Days } from '../state/period';

/** Dates and times as the reader writes them, on the calendar and clock of the site. */
const dayFormat = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options });
const longDay = dayFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = dayFormat({ day: 'numeric', month: 'short' });
const monthName = dayFormat({ month: 'long', year: 'numeric' });
const weekdayNames = dayFormat({ weekday: 'short' });
const longWeekdayNames = dayFormat({ weekday: 'long' });

export const day = (date: Day) => longDay.format(noon(date));
export const month = (name: string) => monthName.format(noon(`${name}-01`));

/** Days as one text; a whole month by its name. */
export function days({ from, to }: Days): string {
  const last = plusDays(to, -1);
  if (from === last) return day(from);
  if (from.endsWith('-01') && to.endsWith('-01') && from.slice(0, 7) === last.slice(0, 7)) return month(from.slice(0, 7));
  return longDay.formatRange(noon(from), noon(last));
}

/** Days in their order, those that follow one another as a run: 3 Oct, 7 – 9 Oct and 4 more days. English, since a sentence goes on around it. */
export function someDays(dates: Day[], mostRuns: number): string {
  const runs: [first: Day, last: Day][] = [];
  for (const date of dates) {
    const run = runs.at(-1);
    if (run && plusDays(run[1], 1) === date) run[1] = date;
    else runs.push([date, date]);
  }
  const told = runs.slice(0, mostRuns).map(([first, last]) => shortDay.formatRange(noon(first), noon(last)));
  const more = runs.slice(mostRuns).reduce((sum, [first, last]) => sum + daysBetween(first, last) + 1, 0);
  return list.format(more === 0 ? told : [...told, more === 1 ? '1 more day' : `${more} more days`]);
}

const list = new Intl.ListFormat('en');

/** Name of a weekday, 1 (Monday) to 7. 2024-01-01 was a Monday. */
export const weekday = (number: number) => weekdayNames.format(noon(plusDays('2024-01-01', number - 1)));
export const longWeekday = (number: number) => longWeekdayNames.format(noon(plusDays('2024-01-01', number - 1)));

const clock = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', hour: 'numeric' });
/** An hour of the clock, 0 to 23, as the reader writes it: 5 PM, or 17 Uhr. */
export const hour = (number: number) => clock.format(new Date(Date.UTC(2024, 0, 1, number)));

/** A date and time on the site's clock. */
export function moment(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** Begin of a bucket, as long as its width needs. */
export function bucket(start: string, interval: string, timeZone: string, long: boolean): string {
  const options: Intl.DateTimeFormatOptions =
    interval === 'MONTH'
      ? { month: long ? 'long' : 'short', year: 'numeric' }
      : interval === 'HOUR' || interval === 'QUARTER_HOUR'
        ? { ...(long ? { weekday: 'short' } : {}), day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }
        : { ...(long ? { weekday: 'short', year: 'numeric' } : {}), day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(undefined, { timeZone, ...options }).format(new Date(start));
}

/** The same without the year, where there is little room. */
export function shortMoment(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { timeZone, day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(
    new Date(at),
  );
}

/** A time on the site's clock. */
export function time(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(undefined, { timeZone, timeStyle: 'short' }).format(new Date(at));
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
/** How long ago an instant is: 3 minutes ago. */
export function ago(at: string, now: number): string {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 60) return relative.format(seconds, 'second');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}
