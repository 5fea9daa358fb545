// Subscribes with tokens to a running server that asks for them, and prints a line for each thing that went as it should:
//   node tokens.mjs COMMAND DATA SERVER TOKEN OTHER
// TOKEN shows the site 'radio' of the data folder DATA that SERVER answers from, OTHER shows another site; COMMAND revokes TOKEN at last.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

const [command, data, server, token, other] = process.argv.slice(2);
const url = new URL('graphql', server).href;
const subscription = { query: 'subscription { siteChanged(key: "radio") { site { key } today { totals { sessions } } } }' };
const state = { data: { siteChanged: { site: { key: 'radio' }, today: { totals: { sessions: 1 } } } } };

/** The clients of a holder, by what they are called. */
function clients(bearer) {
  const headers = bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` };
  const connectionParams = headers;
  return {
    'an event stream for each': createSseClient({ url, headers, retryAttempts: 0 }),
    'one event stream for all': createSseClient({ url, headers, retryAttempts: 0, singleConnection: true }),
    'a WebSocket': createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 }),
  };
}

/** What comes next, an answer or an error, within a while. */
async function next(results) {
  let patience;
  const late = new Promise((_, reject) => patience = setTimeout(() => reject(new Error('nothing within 20 s')), 20_000));
  try {
    const { done, value } = await Promise.race([results.next(), late]);
    return done ? 'complete' : value;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(patience);
  }
}

/** The code of an error, however a client tells it: in a result or a message, as the status of a response, or as the end of a socket. */
function code(told) {
  const errors = told.errors ?? (Array.isArray(told) ? told : undefined);
  return errors?.[0].extensions.code ?? told.response?.status ?? told.code;
}

const wrong = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
for (const [whose, bearer, socket] of [['no token', undefined, 4401], ['a wrong token', wrong, 4403]]) {
  for (const [name, client] of Object.entries(clients(bearer)))
    assert.equal(code(await next(client.iterate(subscription))), name === 'a WebSocket' ? socket : 401, name);
  console.log(`${whose}: nothing`);
}

// To a client that accepts plain JSON what is refused is a 200 with errors, and not the 202 of an operation that is begun.
for (const [name, client] of Object.entries(clients(other)))
  assert.equal(code(await next(client.iterate(subscription))), name === 'one event stream for all' ? 200 : 'SITE_NOT_FOUND', name);
console.log('a token for another site: no such site');

const subscribed = [];
for (const [name, client] of Object.entries(clients(token))) {
  const results = client.iterate(subscription);
  assert.deepEqual(await next(results), state, name);
  subscribed.push([name, results]);
}

console.log('a token for the site: its state');
execFileSync(command, ['token', 'revoke', '--data', data, token.split('_')[1]]);
for (const [name, results] of subscribed)
  assert.equal(code(await next(results)), 'AUTH_NOT_AUTHENTICATED', name);
console.log('the token is revoked: an error');
process.exit(0);
