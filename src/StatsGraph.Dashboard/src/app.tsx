import { useEffect, useMemo, useState } from 'preact/hooks';
import { ask, serverInfo, type ServerInfo } from './api/client';
import { Trouble } from './api/trouble';
import { Board } from './cards/board';
import { Embedded } from './cards/embedded';
import { PageContext, type Page, type Site } from './state/context';
import { dayIn, plusDays } from './state/dates';
import { useView } from './state/history';
import { useLive } from './state/live';
import { baselineOf, resolve, type PeriodChoice } from './state/period';
import { Header } from './ui/header';
import { Notices } from './ui/notices';
import { TroubleText } from './ui/trouble-text';

const retryAfter = 10_000;

/** What has to be known before anything can be shown. */
interface Start {
  server: ServerInfo;
  sites: Site[];
}

/** The page: what it may show, what the address says of it, and the cards. */
export function App() {
  const [start, setStart] = useState<Start | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    Promise.all([serverInfo(), ask('sites', { first: 1000 }, abort.signal)]).then(
      ([server, { sites }]) => {
        setTrouble(null);
        setStart({ server, sites: sites?.nodes ?? [] });
      },
      failure => {
        if (abort.signal.aborted) return;
        const told = failure instanceof Trouble ? failure : new Trouble('failed', String(failure));
        setTrouble(told);
        if (told.kind === 'busy' || told.kind === 'offline') retry = setTimeout(() => setAttempt(attempt + 1), retryAfter);
      },
    );
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, [attempt]);

  if (trouble && !start)
    return (
      <Message>
        <TroubleText trouble={trouble} />
        {(trouble.kind === 'busy' || trouble.kind === 'offline') && <p>The page tries again by itself.</p>}
      </Message>
    );
  if (!start)
    return (
      <Message>
        <p role="status">Loading</p>
      </Message>
    );
  if (start.sites.length === 0) return <NoSites server={start.server} />;
  return <Shown {...start} />;
}

/** A page that has nothing but something to say. */
function Message({ children }: { children: preact.ComponentChildren }) {
  return (
    <main class="message">
      <h1>StatsGraph</h1>
      {children}
    </main>
  );
}

function NoSites({ server }: { server: ServerInfo }) {
  return (
    <Message>
      {server.account.mode === 'TOKENS' && server.account.name === null ? (
        <TroubleText trouble={new Trouble('sign-in', 'This server shows its figures to those who have a token.')} />
      ) : (
        <p>
          No log has been read yet. <code>statsgraph ingest --site radio access.log</code> reads one, and its figures appear here.
        </p>
      )}
    </Message>
  );
}

/** The page, once it is known which sites there are. */
function Shown({ server, sites }: Start) {
  const [view, show] = useView();
  const site = sites.find(known => known.key === view.site) ?? (view.site === null ? sites[0] : undefined);
  if (!site) {
    return (
      <Message>
        <p>
          There is no station <strong>{view.site}</strong> here, or you may not see it. <a href="./">All that you may see</a>
        </p>
      </Message>
    );
  }
  return <OfSite key={site.key} {...{ server, sites, site, view, show }} />;
}

interface OfSiteProps extends Start {
  site: Site;
  view: Page['view'];
  show: Page['show'];
}

function OfSite({ server, sites, site: listed, view, show }: OfSiteProps) {
  const live = useLive(listed.key);
  const site = useMemo<Site>(() => ({ ...listed, dataThrough: live.dataThrough ?? listed.dataThrough }), [listed, live.dataThrough]);
  const today = dayIn(site.timeZone, new Date(live.now));
  const choice = view.period ?? usualPeriod(listed, today);
  useEffect(() => {
    // The address names what is shown, so that it can be passed on from the first moment.
    if (view.site === null || view.period === null) show(now => ({ ...now, site: site.key, period: choice }), true);
  }, [view.site, view.period]);

  const page = useMemo<Page>(() => {
    const period = resolve(choice, today);
    return {
      view,
      show,
      site,
      server,
      choice,
      days: { from: period.from, to: period.to },
      running: period.running,
      baseline: baselineOf(choice, today, view.baseline),
      baselineName: view.baseline,
      news: live.news,
    };
  }, [view, site, server, choice, today, live.news]);

  useEffect(() => {
    document.title = `${site.name} - StatsGraph`;
  }, [site.name]);
  return (
    <PageContext.Provider value={page}>
      {view.embed !== null ? (
        <Embedded card={view.embed} />
      ) : (
        <>
          <a class="skip" href="#content">
            Skip to the figures
          </a>
          <Header sites={sites} today={today} live={live} />
          <main id="content" tabIndex={-1}>
            <Notices live={live} today={today} />
            <Board />
          </main>
          <footer class="page-foot">
            <span>StatsGraph {server.version}</span>
            <a href={server.ide}>Ask a question of your own</a>
            <a href="graphql?sdl">What the figures mean</a>
            <span>Times are those of {site.timeZone}</span>
          </footer>
        </>
      )}
    </PageContext.Provider>
  );
}

/** The last 30 days; the month of the last data, where that is older than a week. */
function usualPeriod(site: Site, today: string): PeriodChoice {
  const last = site.dataThrough && dayIn(site.timeZone, new Date(site.dataThrough));
  if (!last || last >= plusDays(today, -7)) return 'last-30-days';
  // In the first days of a month the one before says more.
  return last.slice(8) > '07' ? last.slice(0, 7) : plusDays(`${last.slice(0, 7)}-01`, -1).slice(0, 7);
}
