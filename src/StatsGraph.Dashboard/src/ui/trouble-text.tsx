import type { Trouble } from '../api/trouble';

/** A trouble in words, with the way out where there is one. */
export function TroubleText({ trouble }: { trouble: Trouble }) {
  return (
    <p class="trouble">
      {trouble.message} {trouble.kind === 'sign-in' && <a href={signInAddress()}>Sign in</a>}
      {trouble.requestId && <small>If you ask whoever runs the server, name the request {trouble.requestId}.</small>}
    </p>
  );
}

/** The page that asks for a token and leads back to what is shown. */
export const signInAddress = () => `sign-in?to=${encodeURIComponent(location.search)}`;
