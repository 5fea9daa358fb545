import { expect, test } from 'vitest';
import { changeOf, isMostlySilent } from '../src/cards/change';

test('a change is a part of the figure before, and nothing where that was nothing', () => {
  expect(changeOf(150, 100)).toBe(0.5);
  expect(changeOf(50, 100)).toBe(-0.5);
  expect(changeOf(1, 0)).toBeNull();
  expect(changeOf(1, null)).toBeNull();
});

test('a period is mostly silent where less than half of it has sessions', () => {
  const of = (...sessions: number[]) => sessions.map(sessions => ({ metrics: { tuningHours: 0, sessions } }));
  expect(isMostlySilent(of(0, 0, 5))).toBe(true);
  expect(isMostlySilent(of(0, 4, 5))).toBe(false);
  expect(isMostlySilent(of(0, 5))).toBe(false);
  // Whoever began the day before is heard, too.
  expect(isMostlySilent([{ metrics: { tuningHours: 0.5, sessions: 0 } }])).toBe(false);
  expect(isMostlySilent([])).toBe(false);
});
