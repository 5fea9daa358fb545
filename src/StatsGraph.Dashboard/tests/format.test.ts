import { describe, expect, it } from 'vitest';
import { troubleOf } from '../src/api/trouble';
import { changeOf } from '../src/cards/change';
import { toCsv } from '../src/format/csv';
import { someDays } from '../src/format/dates';
import { fileName } from '../src/format/download';
import { duration } from '../src/format/numbers';

describe('a CSV', () => {
  it('keeps texts of logs from being formulas, and numbers as they are', () => {
    expect(
      toCsv(
        ['Player', 'Visits'],
        [
          ['=HYPERLINK("x")', 1],
          ['+1', -2.5],
          ['@SUM(A1)', 3],
          ['-cmd', 4],
          ['\tx', 5],
          ['VLC', null],
        ],
      ),
    ).toBe('Player,Visits\r\n"\'=HYPERLINK(""x"")",1\r\n\'+1,-2.5\r\n\'@SUM(A1),3\r\n\'-cmd,4\r\n\'\tx,5\r\nVLC,\r\n');
  });

  it('quotes what would end a cell', () => {
    expect(toCsv(['a'], [['x,y'], ['say "hi"'], ['two\nlines']])).toBe('a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n');
  });
});

describe('a figure', () => {
  it('changes from what was there before', () => {
    expect(changeOf(150, 100)).toBe(0.5);
    expect(changeOf(0, 100)).toBe(-1);
    expect(changeOf(5, 0)).toBeNull();
    expect(changeOf(null, 3)).toBeNull();
  });

  it('of time has two units', () => {
    expect([0, 59.4, 61, 3599.6, 3720, 90_000].map(duration)).toEqual(['0 s', '59 s', '1 min 01 s', '1 h 00 min', '1 h 02 min', '1 d 1 h']);
  });
});

describe('days', () => {
  it('that follow one another are told as a run, and too many by their number', () => {
    const days = ['2026-10-03', '2026-10-07', '2026-10-08', '2026-10-12', '2026-10-20', '2026-10-21'];
    expect(someDays(days.slice(0, 1), 3)).toMatch(/^\S+ \S+$/);
    expect(someDays(days, 2)).toMatch(/3.*7.*8.* and 3 more days$/);
    expect(someDays(days.slice(0, 4), 2)).toMatch(/ and 1 more day$/);
  });
});

describe('a file', () => {
  it('has a name that any system takes', () => {
    expect(fileName('statsgraph', 'Radio/Eins: ../x', 'mounts')).toBe('statsgraph-radio-eins-..-x-mounts');
  });
});

describe('a trouble', () => {
  const told = (status: number, headers: Record<string, string> = {}, code?: string) =>
    troubleOf(status, new Headers(headers), code === undefined ? undefined : [{ message: 'why', extensions: { code } }]);

  it('says what a reader can do', () => {
    expect(told(401)?.kind).toBe('sign-in');
    expect(told(200, {}, 'AUTH_NOT_AUTHENTICATED')?.kind).toBe('sign-in');
    expect(told(403, {}, 'AUTH_NOT_AUTHORIZED')?.kind).toBe('forbidden');
    expect(told(200, {}, 'SITE_NOT_FOUND')?.kind).toBe('no-site');
    expect(told(200, {}, 'TIMEOUT')?.kind).toBe('slow');
    expect(told(500, { 'x-request-id': 'abc' }, 'INTERNAL')).toMatchObject({ kind: 'failed', message: 'why', requestId: 'abc' });
  });

  it('waits as long as the server asks for', () => {
    expect(told(503, { 'retry-after': '7' })).toMatchObject({ kind: 'busy', retryAfter: 7 });
    expect(told(429)).toMatchObject({ kind: 'busy', retryAfter: 10 });
  });

  it('is none where there is an answer', () => {
    expect(told(200)).toBeNull();
    expect(told(304)).toBeNull();
  });
});
