/** What can go wrong with a request, told apart by what a reader can do about it. */
export type TroubleKind = 'sign-in' | 'forbidden' | 'no-site' | 'busy' | 'offline' | 'slow' | 'failed';

/** A request that has no answer, in words for the reader. */
export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
    /** Seconds after which the server wants to be asked again. */
    readonly retryAfter: number | null = null,
    /** Names the request to whoever runs the server. */
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

interface GraphQLError {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

/** The trouble that an answer tells of; null where it is a good one. */
export function troubleOf(status: number, headers: Headers, errors: GraphQLError[] | undefined): Trouble | null {
  const error = errors?.[0];
  const code = error?.extensions?.code ?? '';
  const wait = Number(headers.get('retry-after'));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  if (status === 401 || code === 'AUTH_NOT_AUTHENTICATED') {
    return new Trouble(
      'sign-in',
      'This server shows its figures to those who have a token, and you are not signed in, or your token has ended.',
    );
  }
  if (status === 403) {
    return new Trouble(
      'forbidden',
      'Your token is not one that may read figures. Ask whoever runs this server for a token of the scope read.',
    );
  }
  if (status === 429) {
    return new Trouble('busy', 'You have asked more than this server allows in a minute.', retryAfter ?? 10);
  }
  if (status === 502 || status === 503 || status === 504) {
    return new Trouble('busy', error?.message ?? 'The server is starting, stopping or busy.', retryAfter ?? 5);
  }
  if (code === 'TIMEOUT') {
    return new Trouble(
      'slow',
      'This took longer than the server allows. A shorter period or fewer filters will help.',
      null,
      idOf(error, headers),
    );
  }
  if (code === 'SITE_NOT_FOUND') {
    return new Trouble('no-site', error!.message);
  }
  if (error) {
    return new Trouble('failed', error.message, null, idOf(error, headers));
  }
  return status >= 400 ? new Trouble('failed', `The server answered with the status ${status}.`, null, headers.get('x-request-id')) : null;
}

function idOf(error: GraphQLError | undefined, headers: Headers): string | null {
  return error?.extensions?.requestId ?? headers.get('x-request-id');
}
