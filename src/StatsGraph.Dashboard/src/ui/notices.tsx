import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { preparing } from '../api/client';
import type { Trouble } from '../api/trouble';
import { reached } from '../cards/over-time';
import * as dates from '../format/dates';
import { isHeard } from '../format/figures';
import { useAnswer, watchRequests } from '../state/answers';
import { periodVariables, usePage } from '../state/context';
import { dayIn, plusDays } from '../state/dates';
import type { Live } from '../state/live';
import { Icon } from './icon';
import { TroubleText } from './trouble-text';

const lookAgain = 10_000;
const someGaps = 3;

/** What a reader has to know before believing the figures: in words, and what helps. */
export function Notices({ live, today }: { live: Live; today: string }) {
  const trouble = useTrouble();
  const building = usePreparing();
  return (
    <div class="notices" role="status" aria-label="Notices" data-notices>
      {trouble && (
        <Notice kind="trouble">
          <TroubleText trouble={trouble} />
        </Notice>
      )}
      {building && (
        <Notice kind="preparing">
          <p>
            The server is preparing its data: the figures are right, but come more slowly. <small>{building}</small>
          </p>
        </Notice>
      )}
      <Currency live={live} today={today} />
      <Gaps />
    </div>
  );
}

function Notice({ kind, children }: { kind: string; children: ComponentChildren }) {
  return (
    <div class="notice" data-notice={kind}>
      <Icon name="warning" />
      {children}
    </div>
  );
}

/** A trouble that is not of one card alone. */
function useTrouble(): Trouble | null {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => watchRequests((_, told) => setTrouble(told && told.kind !== 'slow' && told.kind !== 'failed' ? told : null)), []);
  return trouble;
}

function usePreparing(): string | null {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const look = () =>
      void preparing().then(text => {
        if (ended) return;
        setTold(text);
        if (text !== null) timer = setTimeout(look, lookAgain);
      });
    look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  return told;
}

/** Whether the data reach as far as the period does, or as a log that is read should. */
function Currency({ live, today }: { live: Live; today: string }) {
  const { site, days, view, show } = usePage();
  if (site.dataThrough === null)
    return (
      <Notice kind="no-data">
        <p>No log of this station has been read yet.</p>
      </Notice>
    );
  const last = dayIn(site.timeZone, new Date(site.dataThrough));
  if (days.to <= last) return null;
  if (days.from > last) {
    return (
      <Notice kind="past-data">
        <p>
          The data of this station end {dates.ago(site.dataThrough, live.now)}, on {dates.day(last)}, before this period. If the station was
          on the air, its logs are no longer read.{' '}
          <button type="button" class="link" onClick={() => show({ ...view, period: last.slice(0, 7) })}>
            Show {dates.month(last.slice(0, 7))}
          </button>
        </p>
      </Notice>
    );
  }
  if (last < plusDays(today, -1)) {
    return (
      <Notice kind="old-data">
        <p>The data end on {dates.day(last)}. If the station was on the air after that, its logs are no longer read.</p>
      </Notice>
    );
  }
  return null;
}

/**
 * Days on which nobody listened at all: more often than not a log is missing. Those before the first listener are before the first log, unless
 * there was somebody in the period before.
 */
function Gaps() {
  const page = usePage();
  const isNarrowed = Object.keys(page.view.filters).length > 0;
  const now = useAnswer('over-time', isNarrowed ? null : periodVariables(page)).data?.site?.report;
  const before = useAnswer('figures', isNarrowed || !page.baseline ? null : periodVariables(page, page.baseline)).data?.site?.report;
  if (!now || now.timeSeries.interval !== 'DAY') return null;
  const buckets = reached(now);
  const first = (before?.totals.sessions ?? 0) > 0 ? 0 : buckets.findIndex(bucket => isHeard(bucket.metrics));
  if (!buckets.some(bucket => isHeard(bucket.metrics))) return null;
  const gaps = buckets
    .slice(first)
    .filter(bucket => !isHeard(bucket.metrics))
    .map(bucket => dayIn(page.site.timeZone, new Date(bucket.start)));
  if (gaps.length === 0) return null;
  return (
    <Notice kind="gaps">
      <p>
        There is no data for {dates.someDays(gaps, someGaps)}: either the station was off the air, or the log of{' '}
        {gaps.length === 1 ? 'that day' : 'those days'} was not read: read it, and the figures complete themselves.
      </p>
    </Notice>
  );
}
