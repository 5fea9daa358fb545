import type { Live } from '../state/live';
import { usePage, type Site } from '../state/context';
import type { Baseline } from '../state/period';
import { Chips } from './chips';
import { Current } from './current';
import { PeriodPicker } from './period-picker';
import { signInAddress } from './trouble-text';
import { ThemeButton } from './theme-button';

const baselines: Record<Baseline, string> = { previous: 'the period before', year: 'the year before', none: 'nothing' };
const durations: [seconds: number, name: string][] = [
  [0, 'all sessions'],
  [10, 'from 10 s on'],
  [30, 'from 30 s on'],
  [60, 'from 1 min on'],
  [300, 'from 5 min on'],
];

/** What is shown, and all that changes it. */
export function Header({ sites, today, live }: { sites: Site[]; today: string; live: Live }) {
  const { view, show, site, server } = usePage();
  const usual = durations.some(([seconds]) => seconds === view.minDuration);
  return (
    <header class="page-head">
      <div class="page-head-inner">
        <div class="brand-row">
          <h1>
            <Brand />
            <span>{site.name}</span>
          </h1>
          <Current live={live} />
          <div class="account">
            <ThemeButton />
            {server.account.mode === 'TOKENS' &&
              (server.account.name === null ? (
                <a class="button small" href={signInAddress()}>
                  Sign in
                </a>
              ) : (
                <form method="post" action="sign-out">
                  <button class="button small" title={`You are here with the token ${server.account.name}`}>
                    Sign out
                  </button>
                </form>
              ))}
          </div>
        </div>
        <div class="controls" role="group" aria-label="What is shown">
          {sites.length > 1 && (
            <label class="control station">
              <span>Station</span>
              <select value={site.key} onChange={event => show({ ...view, site: event.currentTarget.value, filters: {} })}>
                {sites.map(one => (
                  <option key={one.key} value={one.key}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <PeriodPicker today={today} />
          <label class="control">
            <span>Compared to</span>
            <select value={view.baseline} onChange={event => show({ ...view, baseline: event.currentTarget.value as Baseline })}>
              {Object.entries(baselines).map(([name, text]) => (
                <option key={name} value={name}>
                  {text}
                </option>
              ))}
            </select>
          </label>
          <label class="control">
            <span>Sessions</span>
            <select value={String(view.minDuration)} onChange={event => show({ ...view, minDuration: Number(event.currentTarget.value) })}>
              {durations.map(([seconds, name]) => (
                <option key={seconds} value={String(seconds)}>
                  {name}
                </option>
              ))}
              {!usual && <option value={String(view.minDuration)}>from {view.minDuration} s on</option>}
            </select>
          </label>
        </div>
        <Chips />
      </div>
    </header>
  );
}

function Brand() {
  return (
    <svg class="brand" viewBox="0 0 32 32" role="img" aria-label="StatsGraph">
      <rect width="32" height="32" rx="8" class="brand-ground" />
      <path d="M8 26v-7M14 26V13M20 26V16M26 26V8" class="brand-bars" />
    </svg>
  );
}
