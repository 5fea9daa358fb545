/** The state of a site, as the server tells it whenever it may have changed. */
export interface Pulse {
  version: number | null;
  dataThrough: string | null;
}

/** Whether news come by themselves. */
export type Connection = 'connecting' | 'live' | 'polling' | 'lost';

const document = 'subscription Live($site: String!) { siteChanged(key: $site) { version dataThrough } }';
const pollEvery = 60_000;

/**
 * Subscribes to a site by Server-Sent Events, and takes up again by itself when the connection breaks. Where the server allows no subscription
 * (it answers saved documents alone, or a proxy holds back events) the page is told to ask again each minute.
 * Returns what ends it.
 */
export function follow(site: string, onPulse: (pulse: Pulse | null) => void, onConnection: (connection: Connection) => void): () => void {
  const parameters = new URLSearchParams({ query: document, variables: JSON.stringify({ site }) });
  let timer: ReturnType<typeof setInterval> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let events: EventSource | undefined;

  const poll = (connection: Connection) => {
    onConnection(connection);
    timer ??= setInterval(() => onPulse(null), pollEvery);
  };
  const connect = () => {
    events = new EventSource(`graphql?${parameters}`);
    events.addEventListener('next', event => {
      const { data } = JSON.parse((event as MessageEvent<string>).data) as { data?: { siteChanged?: Pulse } };
      if (!data?.siteChanged) return;
      clearInterval(timer);
      timer = undefined;
      onConnection('live');
      onPulse(data.siteChanged);
    });
    // A server that stops completes its streams; the browser itself connects again after a connection that broke, not after one that was refused.
    events.addEventListener('complete', again);
    events.addEventListener('error', () => (events?.readyState === EventSource.CLOSED ? again() : poll('lost')));
  };
  const again = () => {
    events?.close();
    poll('polling');
    clearTimeout(retry);
    retry = setTimeout(connect, pollEvery / 4);
  };

  onConnection('connecting');
  connect();
  return () => {
    events?.close();
    clearInterval(timer);
    clearTimeout(retry);
  };
}
