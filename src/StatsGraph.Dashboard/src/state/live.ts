import { useEffect, useRef, useState } from 'preact/hooks';
import { follow, type Connection } from '../api/live';

/** How current the page is. */
export interface Live {
  connection: Connection;
  dataThrough: string | null;
  /** Counts what came since the page was opened. */
  news: number;
  /** The time, in milliseconds, by the minute. */
  now: number;
}

/** News closer together than this are shown at once: a busy station has some each second, and nobody reads so fast. */
const atMostEvery = 5_000;

/** Follows a site: counts news when data came, or the day became another one, and waits while nobody looks. */
export function useLive(site: string): Live {
  const [live, setLive] = useState<Live>({ connection: 'connecting', dataThrough: null, news: 0, now: Date.now() });
  const version = useRef<string | null>(null);

  useEffect(() => {
    let isAway = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        if (document.visibilityState === 'hidden') document.addEventListener('visibilitychange', tell, { once: true });
        else setLive(now => ({ ...now, news: now.news + 1, now: Date.now() }));
      }, version.current === null ? 0 : atMostEvery);
    };
    const end = follow(
      site,
      pulse => {
        const seen = pulse && `${pulse.version} ${pulse.dataThrough}`;
        if (pulse) setLive(now => (now.dataThrough === pulse.dataThrough ? now : { ...now, dataThrough: pulse.dataThrough }));
        // The first event tells how things are, which the cards have asked already.
        if (seen === null || (version.current !== null && version.current !== seen)) tell();
        if (seen !== null) version.current = seen;
      },
      connection => {
        // What could not be asked while the server was away is asked now.
        if (connection === 'live' && isAway) tell();
        isAway = connection === 'polling' || connection === 'lost';
        setLive(now => (now.connection === connection ? now : { ...now, connection }));
      });
    const clock = setInterval(() => setLive(now => ({ ...now, now: Date.now() })), 60_000);
    return () => {
      end();
      clearTimeout(waiting);
      clearInterval(clock);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [site]);
  return live;
}
