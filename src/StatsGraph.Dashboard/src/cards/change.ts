import { isHeard } from '../format/figures';

/** The change from one figure to another, as a part of the earlier one; null where that says nothing. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : (now - before) / before;
}

/** Whether nobody listened in most of a period: what is compared to it seems to have grown beyond all measure. */
export function isMostlySilent(buckets: readonly { metrics: { tuningHours: number; sessions: number } }[]): boolean {
  return buckets.filter(bucket => isHeard(bucket.metrics)).length < buckets.length / 2;
}
