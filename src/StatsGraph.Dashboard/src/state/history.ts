import { useCallback, useEffect, useState } from 'preact/hooks';
import { parseView, printView, type View } from './view';

/** Changes what is shown. A step that `replace`s is none to go back to. */
export type Show = (next: View | ((now: View) => View), replace?: boolean) => void;

/** What the address says is shown, and how to show something else: the address bar is the only place where that is kept. */
export function useView(): [View, Show] {
  const [view, setView] = useState(() => parseView(location.search));
  useEffect(() => {
    const read = () => setView(parseView(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);

  const show = useCallback<Show>((next, replace = false) => {
    const now = parseView(location.search);
    const wanted = typeof next === 'function' ? next(now) : next;
    const address = location.pathname + printView(wanted) + location.hash;
    if (address !== location.pathname + location.search + location.hash) {
      history[replace ? 'replaceState' : 'pushState'](null, '', address);
    }
    setView(wanted);
  }, []);
  return [view, show];
}
