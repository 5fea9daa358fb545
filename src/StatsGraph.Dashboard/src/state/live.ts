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

/** News are shown at once, but not more often than this: a busy station has some each second, and nobody reads so fast. */
const atMostEvery = 15_000;
const atLeastAfter = 300;

/** Follows a site: counts news when data came, or the day became another one, and waits while nobody looks. */
export function useLive(site: string): Live {
  const [live, setLive] = useState<Live>({ connection: 'connecting', dataThrough: null, news: 0, now: Date.now() });
  const version = useRef<string | null>(null);

  useEffect(() => {
    let isAway = false;
    let told = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      waiting ??= setTimeout(
        () => {
          waiting = undefined;
          if (document.visibilityState === 'hidden') document.addEventListener('visibilitychange', tell, { once: true });
          else {
            told = Date.now();
            setLive(now => ({ ...now, news: now.news + 1, now: told }));
          }
        },
        Math.max(atLeastAfter, told + atMostEvery - Date.now()),
      );
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
      },
    );
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
