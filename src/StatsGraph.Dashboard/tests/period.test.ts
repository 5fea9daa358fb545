import { describe, expect, it } from 'vitest';
import { dayIn, daysBetween, isDay, plusMonths } from '../src/state/dates';
import { baselineOf, isPeriodChoice, monthOf, resolve } from '../src/state/period';

const today = '2026-03-31';
const daysOf = (choice: string) => {
  const { from, to } = resolve(choice, today);
  return [from, to];
};
const before = (choice: string, baseline: 'previous' | 'year' = 'previous') => {
  const days = baselineOf(choice, today, baseline);
  return days && [days.from, days.to];
};

describe('a period', () => {
  it('is whole days, of which the last is no part of it', () => {
    expect(daysOf('today')).toEqual(['2026-03-31', '2026-04-01']);
    expect(daysOf('yesterday')).toEqual(['2026-03-30', '2026-03-31']);
    expect(daysOf('last-7-days')).toEqual(['2026-03-24', '2026-03-31']);
    expect(daysOf('last-30-days')).toEqual(['2026-03-01', '2026-03-31']);
    expect(daysOf('last-month')).toEqual(['2026-02-01', '2026-03-01']);
    expect(daysOf('last-year')).toEqual(['2025-01-01', '2026-01-01']);
    expect(daysOf('last-12-months')).toEqual(['2025-03-01', '2026-03-01']);
    expect(daysOf('2024-02')).toEqual(['2024-02-01', '2024-03-01']);
    expect(daysOf('2026-01-05..2026-01-05')).toEqual(['2026-01-05', '2026-01-06']);
  });

  it('that runs ends with today', () => {
    expect(daysOf('this-year')).toEqual(['2026-01-01', '2026-04-01']);
    expect(resolve('this-year', today).running).toBe(true);
    expect(resolve('last-year', today).running).toBe(false);
  });

  it('is compared to the unit before, or as many days', () => {
    expect(before('2026-03')).toEqual(['2026-02-01', '2026-03-01']);
    expect(before('last-7-days')).toEqual(['2026-03-17', '2026-03-24']);
    expect(before('2026-01-05..2026-01-14')).toEqual(['2025-12-26', '2026-01-05']);
    expect(before('2024-02', 'year')).toEqual(['2023-02-01', '2023-03-01']);
  });

  it('that runs is compared to as many days of the unit before', () => {
    expect(before('this-year')).toEqual(['2025-01-01', '2025-04-01']);
    const days = baselineOf('this-month', '2026-05-10', 'previous');
    expect(days).toEqual({ from: '2026-04-01', to: '2026-04-11' });
  });

  it('is never compared to days of its own', () => {
    expect(before('this-month')).toEqual(['2026-02-01', '2026-03-01']);
  });

  it('is understood only where it can be', () => {
    expect(['today', '2026-10', '2026-10-01..2026-10-31'].every(isPeriodChoice)).toBe(true);
    expect(['', 'tomorrow', '2026-13', '2026-02-30..2026-03-01', '2026-10-02..2026-10-01', 'toString'].some(isPeriodChoice)).toBe(false);
  });

  it('belongs to the month of its last day', () => {
    expect(monthOf({ from: '2026-09-15', to: '2026-11-01' })).toBe('2026-10');
  });
});

describe('a day', () => {
  it('moves by months to the last day where there is no such day', () => {
    expect(plusMonths('2024-02-29', -12)).toBe('2023-02-28');
    expect(plusMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(plusMonths('2026-01-31', -2)).toBe('2025-11-30');
  });

  it('is the one of the zone', () => {
    expect(dayIn('Europe/Berlin', new Date('2026-10-31T23:30:00Z'))).toBe('2026-11-01');
    expect(dayIn('America/Los_Angeles', new Date('2026-10-31T23:30:00Z'))).toBe('2026-10-31');
  });

  it('is one of the calendar', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(['2023-02-29', '2026-1-1', '2026-00-10'].some(isDay)).toBe(false);
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
  });
});
