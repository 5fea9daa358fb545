// Asks a server as a front end would, and prints what it is told as one line of JSON: node built/main.js SERVER SITE MONTH
import { Client, fetchExchange, type AnyVariables, type CombinedError, type TypedDocumentNode } from '@urql/core';
import { EntryMountsDocument, IntakeDocument, OverviewDocument } from './generated.js';

const [server, site, month] = process.argv.slice(2) as [string, string, string];

/** Answers by each of the two methods, which have to be the same. */
const clients = [false, 'force' as const].map(preferGetMethod => new Client({
  url: new URL('graphql', server).href,
  exchanges: [fetchExchange],
  preferGetMethod,
}));

async function ask<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const answers = await Promise.all(clients.map(client => client.query(document, variables).toPromise()));
  const [posted, got] = answers.map(answer => {
    if (answer.error || !answer.data) {
      throw answer.error ?? new Error('an answer without data and without an error');
    }

    return answer.data;
  });
  if (JSON.stringify(posted) !== JSON.stringify(got)) {
    throw new Error(`GET answers ${JSON.stringify(got)} and POST ${JSON.stringify(posted)}`);
  }

  return posted!;
}

/** The codes of the errors of a question that is answered with errors. */
async function codes<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<unknown[]> {
  const error: CombinedError | undefined = (await clients[0]!.query(document, variables).toPromise()).error;
  return error?.graphQLErrors.map(each => each.extensions['code']) ?? [];
}

const overview = (await ask(OverviewDocument, { site, month })).site;
const mounts = (await ask(EntryMountsDocument, { site, month })).site;
const intake = (await ask(IntakeDocument, { site })).site;
if (!overview || !mounts || !intake) {
  throw new Error(`no site ${site}`);
}

// Each has the type that the schema promises, or this does not compile.
const sessions: number = overview.report.totals.sessions;
const average: number | null = overview.report.totals.averageDuration;
const busiest: string | null = overview.report.totals.peakConcurrent.at;
const days: number = overview.report.timeSeries.buckets.filter(day => day.metrics.sessions > 0).length;
const shares: [string, number][] = (mounts.report.entryMounts?.nodes ?? []).map(row => [row.mount, row.share]);
const lines: number = intake.intake.lines;
const nowhere: null | object = (await ask(IntakeDocument, { site: 'nowhere' })).site;
const wrong = await codes(OverviewDocument, { site, month: 'soon' });

console.log(JSON.stringify({ sessions, average, busiest, days, shares, lines, nowhere, wrong }));
