import * as dates from '../format/dates';
import { count } from '../format/numbers';
import { usePage } from '../state/context';
import { listed, RankingCard } from './ranking';

const meanings: Record<number, string> = {
  301: 'moved',
  302: 'moved',
  307: 'moved',
  400: 'bad request',
  401: 'needs a password',
  403: 'forbidden or full',
  404: 'not there',
  405: 'method not allowed',
  416: 'bad range',
  500: 'server error',
  503: 'server busy',
};

/** Requests that were refused. */
export function ErrorsCard() {
  const { site } = usePage();
  return (
    <RankingCard
      name="errors"
      title="Refused requests"
      subtitle="What was asked for in vain; in no other figure"
      document="refused"
      empty="No request was refused in this period."
      columns={[{ title: 'Path' }, { title: 'Status' }, { title: 'Requests', write: count }, { title: 'Last seen' }]}
      rows={answer =>
        listed(answer.site?.report?.errors, node => ({
          key: `${node.status} ${node.path}`,
          value: node.requests,
          note: meanings[node.status],
          cells: [node.path, String(node.status), node.requests, dates.shortMoment(node.lastSeen, site.timeZone)],
        }))
      }
    />
  );
}
