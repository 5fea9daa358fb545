import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api/client';
import type { Answer, DocumentName, Variables } from '../api/documents';
import { Trouble } from '../api/trouble';
import { usePage } from './context';

/** How far the answer to a question is. While another one is on its way, `data` is what was answered before. */
export interface Asked<T> {
  data: T | null;
  loading: boolean;
  trouble: Trouble | null;
}

/** Who wants to know of troubles and of answers after them. */
type Listener = (name: DocumentName, trouble: Trouble | null) => void;
const listeners = new Set<Listener>();

const tell: Listener = (name, trouble) => listeners.forEach(listener => listener(name, trouble));

/** Tells how requests go; returns what ends it. */
export function watchRequests(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Requests under way, by what they ask: cards that ask the same share one, which ends once none of them waits for it. */
const underWay = new Map<string, { answer: Promise<unknown>; abort: AbortController; waiting: number }>();

function share<N extends DocumentName>(name: N, key: string): { answer: Promise<Answer<N>>; leave: () => void } {
  const id = `${name} ${key}`;
  let request = underWay.get(id);
  if (!request) {
    const abort = new AbortController();
    const answer = ask(name, JSON.parse(key) as Variables<N>, abort.signal, trouble => tell(name, trouble));
    request = { answer, abort, waiting: 0 };
    underWay.set(id, request);
    const done = () => {
      if (underWay.get(id)?.answer === answer) underWay.delete(id);
    };
    answer.then(done, done);
  }
  const shared = request;
  shared.waiting++;
  const leave = () => {
    if (--shared.waiting > 0 || underWay.get(id) !== shared) return;
    underWay.delete(id);
    shared.abort.abort();
  };
  return { answer: shared.answer as Promise<Answer<N>>, leave };
}

/** Asks a document, and again when the variables change or news came. Null variables ask nothing. */
export function useAnswer<N extends DocumentName>(name: N, variables: Variables<N> | null): Asked<Answer<N>> {
  const { news } = usePage();
  const [asked, setAsked] = useState<Asked<Answer<N>>>({ data: null, loading: variables !== null, trouble: null });
  const key = variables === null ? null : JSON.stringify(variables);
  const shown = useRef<string | null>(null);

  useEffect(() => {
    if (key === null) {
      setAsked({ data: null, loading: false, trouble: null });
      return;
    }
    let gone = false;
    // News come quietly; another question is seen to be asked.
    if (shown.current !== key) setAsked(now => ({ ...now, loading: true }));
    const { answer, leave } = share(name, key);
    answer.then(
      data => {
        if (gone) return;
        shown.current = key;
        tell(name, null);
        setAsked({ data, loading: false, trouble: null });
      },
      failure => {
        if (gone) return;
        const trouble = failure instanceof Trouble ? failure : new Trouble('failed', String(failure));
        tell(name, trouble);
        setAsked(now => ({ data: shown.current === key ? now.data : null, loading: false, trouble }));
      },
    );
    return () => {
      gone = true;
      leave();
    };
  }, [name, key, news]);

  return asked;
}
