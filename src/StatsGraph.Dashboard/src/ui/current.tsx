import * as dates from '../format/dates';
import { usePage } from '../state/context';
import type { Live } from '../state/live';

const connections = {
  connecting: 'connecting',
  live: 'live: new data appears by itself',
  polling: 'asks again each minute',
  lost: 'the connection is lost: tries again by itself',
};

/** How far the data reaches, and whether news come by themselves. */
export function Current({ live }: { live: Live }) {
  const { site } = usePage();
  return (
    <p
      class={`current ${live.connection}`}
      data-status
      role="status"
      data-through={site.dataThrough ?? undefined}
      data-connection={live.connection}
    >
      <span class="dot" aria-hidden="true" />
      {site.dataThrough === null ? (
        'No data yet'
      ) : (
        <>
          Data up to <time dateTime={site.dataThrough}>{dates.moment(site.dataThrough, site.timeZone)}</time>
        </>
      )}
      <span class="connection"> · {connections[live.connection]}</span>
    </p>
  );
}
