import type { Answer, DocumentName, Variables } from './documents';
import { Trouble, troubleOf } from './trouble';

const attempts = 4;

/**
 * Asks a saved document by its name. The address is that of the page with `graphql/persisted/NAME` after it, so that any path a proxy puts
 * before it holds, and browsers keep answers by their ETag. Where the server is busy it is asked again when it wants to be, of which `onRetry` is told.
 */
export async function ask<N extends DocumentName>(
  name: N,
  variables: Variables<N>,
  signal: AbortSignal,
  onRetry?: (trouble: Trouble) => void,
): Promise<Answer<N>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(name, variables, signal);
    } catch (trouble) {
      const again = trouble instanceof Trouble && (trouble.kind === 'busy' || trouble.kind === 'offline') && attempt < attempts;
      if (!again || signal.aborted) throw trouble;
      onRetry?.(trouble);
      await pause(1000 * (trouble.retryAfter ?? 2 ** (attempt - 1)), signal);
    }
  }
}

async function once<N extends DocumentName>(name: N, variables: Variables<N>, signal: AbortSignal): Promise<Answer<N>> {
  const address = `graphql/persisted/${name}?variables=${encodeURIComponent(JSON.stringify(variables))}`;
  const response = await fetched(address, signal);
  const body = await parsed(response);
  const trouble = troubleOf(response.status, response.headers, body?.errors);
  if (trouble) throw trouble;
  if (!body?.data) throw new Trouble('failed', 'The server sent something that is no answer.');
  return body.data as Answer<N>;
}

async function fetched(address: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { signal, headers: { accept: 'application/graphql-response+json' } });
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new Trouble('offline', 'The server cannot be reached.');
  }
}

async function parsed(response: Response): Promise<{ data?: unknown; errors?: [] } | null> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

/** What the server says of itself to the page. */
export interface ServerInfo {
  embed: string[] | '*';
  version: string;
  ide: string;
  account: { mode: 'OPEN' | 'TOKENS'; name: string | null };
}

const unknownServer: ServerInfo = { embed: [], version: '', ide: 'graphql/', account: { mode: 'OPEN', name: null } };

/** What the server says of itself; the least that is certain where it cannot be asked, for the page is of use without. */
export async function serverInfo(): Promise<ServerInfo> {
  try {
    const response = await fetch('dashboard.json');
    return response.ok ? { ...unknownServer, ...(await response.json()) } : unknownServer;
  } catch {
    return unknownServer;
  }
}

/** What the server says while it makes its columns, and answers more slowly; null once it is ready. */
export async function preparing(): Promise<string | null> {
  try {
    const response = await fetch('health/ready', { cache: 'no-store' });
    return response.status === 503 ? (await response.text()).slice(0, 200) : null;
  } catch {
    return null;
  }
}
