import { describe, expect, it } from 'vitest';
import { parseView, printView, withFilter, withoutFilter } from '../src/state/view';

describe('an address', () => {
  it('is the same after it was read and written', () => {
    const address =
      '?site=demo&period=2026-10&compare=year&min=60&metric=visits&mount=/live.mp3&country=DE&referrer=&hour=17&embed=countries';
    expect(printView(parseView(address))).toBe(address);
  });

  it('says nothing of what is as usual', () => {
    expect(printView(parseView(''))).toBe('');
    expect(printView(parseView('?compare=previous&min=0&metric=tuningHours'))).toBe('');
  });

  it('tells what is not known from what is not asked', () => {
    expect(parseView('?country=').filters).toEqual({ country: null });
    expect(parseView('?site=demo').filters).toEqual({});
  });

  it('keeps any text that a log may hold', () => {
    const view = withFilter(parseView('?site=demo'), { mount: '/a&b=c d?#%2F<script>', player: 'Ünknown "player"' });
    expect(parseView(printView(view)).filters).toEqual(view.filters);
  });

  it('is read as if what cannot be were not there', () => {
    const view = parseView('?period=2026-13&hour=24&min=-1&metric=__proto__&compare=never');
    expect(view).toEqual(parseView(''));
  });

  it('loses a region and a city with their country', () => {
    const view = parseView('?country=DE&region=Bavaria&city=Munich&player=VLC');
    expect(withoutFilter(view, 'country').filters).toEqual({ player: 'VLC' });
    expect(withoutFilter(view, 'region').filters).toEqual({ country: 'DE', player: 'VLC' });
    expect(withoutFilter(view, 'city').filters).toEqual({ country: 'DE', region: 'Bavaria', player: 'VLC' });
  });
});
