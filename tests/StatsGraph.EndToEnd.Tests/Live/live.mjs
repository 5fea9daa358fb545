// Subscribes to a running server as front ends do, and prints a line for each thing that went as it should:
//   node live.mjs COMMAND DATA SERVER PROCESS
// COMMAND ingests logs into the data folder DATA that SERVER answers from; PROCESS is the server's number, which is asked to end at last.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

const [command, data, server, process_] = process.argv.slice(2);
const url = new URL('graphql', server).href;
const socketUrl = url.replace('http', 'ws');
const figures = 'period { from to } totals { sessions listeners tuningHours }';
const query = `subscription ($site: String!) { siteChanged(key: $site) { version dataThrough site { key } today { ${figures} } } }`;
const subscription = { query, variables: { site: 'radio' } };
let logs = 0;

/** Ingests a log of one session of today, by a listener of its own. */
function ingest(site = 'radio') {
  const stamp = new Date().toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000');
  const file = `${data}-${++logs}.log`;
  writeFileSync(file, `10.${logs}.0.1 - - [${stamp}] "GET /live.mp3 HTTP/1.1" 200 123456 "-" "VLC/3.0.20" 1\n`);
  execFileSync(command, ['ingest', '--quiet', '--data', data, '--site', site, file]);
}

/** The state of the site by a query. */
async function ask() {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ site(key: "radio") { key dataThrough report(period: { preset: TODAY }) { ${figures} } } }` }),
  });
  return (await response.json()).data.site;
}

/** The next event of a subscription, which has to come within a while. */
async function next(results) {
  let patience;
  const late = new Promise((_, reject) => patience = setTimeout(() => reject(new Error('no event within 20 s')), 20_000));
  const { done, value } = await Promise.race([results.next(), late]);
  clearTimeout(patience);
  return done ? 'complete' : value;
}

/** Ingests until the figures are told, and compares them with those of a query. */
async function follow(results, before) {
  ingest();
  const event = await next(results);
  const { site, dataThrough, today, version } = event.data.siteChanged;
  assert.equal(today.totals.sessions, before.data.siteChanged.today.totals.sessions + 1);
  assert.ok(version > before.data.siteChanged.version);
  assert.deepEqual({ key: site.key, dataThrough, report: today }, await ask());
  return event;
}

function codes(result) {
  return (result.errors ?? result).map(error => error.extensions.code);
}

ingest();
ingest('other');

for (const singleConnection of [false, true]) {
  const name = singleConnection ? 'one event stream for all' : 'an event stream for each';
  const client = createSseClient({ url, singleConnection, retryAttempts: 0 });
  const [one, other] = [client.iterate(subscription), client.iterate(subscription)];
  let [first, second] = [await next(one), await next(other)];
  assert.deepEqual(first, second);
  ingest('other');
  first = await follow(one, first);
  assert.deepEqual(first, await next(other));
  await one.return();
  await follow(other, first);
  await other.return();
  console.log(`${name}: the state, then each change of the site and of no other`);

  assert.deepEqual(await next(client.iterate({ query: '{ site(key: "radio") { key } }' })), { data: { site: { key: 'radio' } } });
  console.log(`${name}: a query`);
  if (singleConnection) {
    await assert.rejects(next(client.iterate({ query: 'subscription { nothing }' })));
    await assert.rejects(next(client.iterate({ query, variables: { site: 'nowhere' } })));
  } else {
    const wrong = client.iterate({ query: 'subscription { nothing }' });
    assert.deepEqual(codes(await next(wrong)), ['FIELDS_ON_CORRECT_TYPE']);
    assert.equal(await next(wrong), 'complete');
    assert.deepEqual(codes(await next(client.iterate({ query, variables: { site: 'nowhere' } }))), ['SITE_NOT_FOUND']);
  }

  console.log(`${name}: a wrong document and an unknown site are told`);
  client.dispose();
}

const sockets = [];
class KeptWebSocket extends WebSocket {
  constructor(...words) {
    super(...words);
    sockets.push(this);
  }
}

const client = createSocketClient({ url: socketUrl, webSocketImpl: KeptWebSocket, keepAlive: 200, retryWait: async () => {} });
let pongs = 0;
client.on('pong', () => pongs++);
const one = client.iterate(subscription);
const other = client.iterate(subscription);
let event = await next(one);
assert.deepEqual(event, await next(other));
event = await follow(one, event);
assert.deepEqual(event, await next(other));
await other.return();
event = await follow(one, event);
assert.equal(sockets.length, 1);
assert.ok(pongs > 0);
console.log('a WebSocket: the state, then each change, and pongs');

assert.deepEqual(await next(client.iterate({ query: '{ site(key: "radio") { key } }' })), { data: { site: { key: 'radio' } } });
console.log('a WebSocket: a query');

await assert.rejects(next(client.iterate({ query: 'subscription { nothing }' })), error => codes(error)[0] === 'FIELDS_ON_CORRECT_TYPE');
await assert.rejects(next(client.iterate({ query, variables: { site: 'nowhere' } })), error => codes(error)[0] === 'SITE_NOT_FOUND');
console.log('a WebSocket: a wrong document and an unknown site are told');

sockets[0].terminate();
assert.deepEqual((await next(one)).data, event.data);
await follow(one, event);
assert.equal(sockets.length, 2);
console.log('a WebSocket that broke is made again, and has the state at once');

const streaming = createSseClient({ url, retryAttempts: 0 }).iterate(subscription);
const shared = createSseClient({ url, singleConnection: true, retryAttempts: 0 }).iterate(subscription);
await next(streaming);
await next(shared);
const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
const closed = new Promise(resolve => socket.on('close', code => resolve(code)));
await new Promise(resolve => socket.on('open', resolve));
process.kill(Number(process_), 'SIGTERM');
assert.equal(await next(streaming), 'complete');
assert.equal(await next(shared), 'complete');
assert.equal(await closed, 1001);
console.log('a server that stops says farewell to all');
process.exit(0);
