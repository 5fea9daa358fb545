/** Numbers as the reader writes them: nothing names a locale, so that the browser's holds. */
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 });
const oneDigit = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const wholePercent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const change = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
const bigChange = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });

export const count = (value: number) => whole.format(value);

/** For axes: 12K, 3.4M. */
export const compact = (value: number) => (Math.abs(value) < 10_000 ? new Intl.NumberFormat().format(value) : short.format(value));

/** Hours of listening: with a digit while there are few. */
export const hours = (value: number) => (value < 10 ? twoDigits : value < 1000 ? oneDigit : whole).format(value);

/** Sessions open at a time, on average. */
export const average = (value: number) => (value < 100 ? twoDigits : value < 1000 ? oneDigit : whole).format(value);

/** A part of a whole; less than a thousandth is still more than nothing. */
export const share = (value: number) => (value > 0 && value < 0.001 ? `< ${percent.format(0.001)}` : percent.format(value));

export const roundShare = (value: number) => (value > 0 && value < 0.01 ? share(value) : wholePercent.format(value));

/** A change, with its sign; one of tenfold and more as a factor. */
export const signed = (value: number) =>
  value >= 9 ? `× ${whole.format(value + 1)}` : Math.abs(value) >= 1 ? bigChange.format(value) : change.format(value);

/** A length of time in seconds, by its two greatest units: 1 h 02 min. */
export function duration(seconds: number): string {
  const total = Math.round(seconds);
  const [days, hour, minutes] = [Math.floor(total / 86_400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60];
  if (days > 0) return `${count(days)} d ${hour} h`;
  if (hour > 0) return `${hour} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${String(total % 60).padStart(2, '0')} s` : `${total} s`;
}
