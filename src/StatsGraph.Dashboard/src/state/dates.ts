/** A day of the calendar, `2026-10-25`. */
export type Day = string;

const dayLength = 86_400_000;

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(instant(text)) === text;
}

export function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isDay(`${text}-01`);
}

/** The day so many days later, or earlier. */
export function plusDays(day: Day, days: number): Day {
  return dayOf(instant(day) + days * dayLength);
}

/** The same day so many months later, or earlier; the last of the month where that has no such day. */
export function plusMonths(day: Day, months: number): Day {
  const [year, month, date] = parts(day);
  const first = Date.UTC(year, month - 1 + months, 1);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dayOf(first + (Math.min(date, last) - 1) * dayLength);
}

/** Days from one day up to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((instant(to) - instant(from)) / dayLength);
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function firstOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01`;
}

export function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

/** The day that an instant is on in a zone. */
export function dayIn(timeZone: string, at: Date): Day {
  const fields = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  const field = (type: string) => fields.find(part => part.type === type)?.value ?? '';
  return `${field('year')}-${field('month')}-${field('day')}`;
}

/** Noon of a day by UTC, to be written by its calendar. */
export function noon(day: Day): Date {
  return new Date(instant(day) + dayLength / 2);
}

function parts(day: Day): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function instant(day: Day): number {
  const [year, month, date] = parts(day);
  return Date.UTC(year, month - 1, date);
}

function dayOf(at: number): Day {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}
