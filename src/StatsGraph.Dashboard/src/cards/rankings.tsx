import { count, hours } from '../format/numbers';
import { listed, RankingCard, ranked, shareColumn, useChoice } from './ranking';

/** Mounts that visits began on. */
export function EntryMountsCard() {
  const choice = useChoice('entryMount');
  return (
    <RankingCard
      name="entry-mounts"
      title="Entry mounts"
      subtitle="Streams that visits began on"
      document="by-entry-mount"
      columns={[{ title: 'Mount' }, { title: 'Visits', write: count }, shareColumn]}
      rows={answer =>
        listed(answer.site?.report?.entryMounts, node => ({
          ...ranked(node.mount, node.mount, node.metrics.visits, node.share),
          ...choice(node.mount),
        }))
      }
    />
  );
}

/** Mounts by hours of listening. */
export function MountsCard() {
  const choice = useChoice('mount');
  return (
    <RankingCard
      name="mounts"
      title="Mounts"
      subtitle="Hours of listening by stream"
      document="by-mount"
      columns={[{ title: 'Mount' }, { title: 'Hours', write: hours, csv: 'Tuning hours' }, shareColumn]}
      rows={answer =>
        listed(answer.site?.report?.mounts, node => ({
          ...ranked(node.mount, node.mount, node.metrics.tuningHours, node.share),
          ...choice(node.mount),
        }))
      }
    />
  );
}

/** Players by sessions. */
export function PlayersCard() {
  const choice = useChoice('player');
  return (
    <RankingCard
      name="players"
      title="Players"
      subtitle="What people listen with, by sessions"
      document="by-player"
      columns={[{ title: 'Player' }, { title: 'Sessions', write: count }, shareColumn]}
      rows={answer =>
        listed(answer.site?.report?.players, node => ({
          ...ranked(node.name, node.name, node.metrics.sessions, node.share),
          ...choice(node.name),
        }))
      }
    />
  );
}

const kinds = { DIRECT: undefined, SEARCH: 'search engine', SOCIAL: 'social network', WEBSITE: undefined };

/** Pages that listeners came from, by visits. */
export function ReferrersCard() {
  const choice = useChoice('referrer');
  return (
    <RankingCard
      name="referrers"
      title="Referrers"
      subtitle="Pages that visits came from"
      document="by-referrer"
      columns={[{ title: 'Page' }, { title: 'Visits', write: count }, shareColumn]}
      rows={answer =>
        listed(answer.site?.report?.referrers, node => ({
          ...ranked(node.host ?? '', node.host ?? 'Direct', node.metrics.visits, node.share),
          note: kinds[node.kind],
          ...choice(node.host),
        }))
      }
    />
  );
}
