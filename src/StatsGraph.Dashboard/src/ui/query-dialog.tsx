import { useEffect, useRef, useState } from 'preact/hooks';
import { textOf, type Question } from '../api/documents';
import { usePage } from '../state/context';

/** Shows the GraphQL document behind a card with its variables, to copy it or to go on with it in the IDE. */
export function QueryDialog({ title, question, onClose }: { title: string; question: Question; onClose: () => void }) {
  const { server } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [done, setDone] = useState('');
  const variables = JSON.stringify(question.variables, null, 2);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => void textOf(question.name).then(setText), [question.name]);

  const copy = async (what: string, name: string) => {
    try {
      await navigator.clipboard.writeText(what);
      setDone(`${name} copied.`);
      return true;
    } catch {
      setDone(`Your browser does not let this page copy. Select the text and copy it.`);
      return false;
    }
  };
  // The IDE takes no document by its address: the clipboard carries it.
  const carry = async () => {
    if (await copy(text, 'The query is')) setDone('The query is copied: paste it into a new tab of the IDE, and the variables below it.');
  };

  return (
    <dialog ref={dialog} class="query-dialog" aria-labelledby="query-title" onClose={onClose}>
      <h2 id="query-title">Query of {title}</h2>
      <p>
        This is what the page asked the server. Anyone can ask the same: as the saved document <code>{question.name}</code>, or in the IDE.
      </p>
      <h3>Document</h3>
      <pre tabIndex={0} role="region" aria-label="Document" data-query={question.name}>
        {text}
      </pre>
      <h3>Variables</h3>
      <pre tabIndex={0} role="region" aria-label="Variables" data-variables>
        {variables}
      </pre>
      <p role="status" class="done">
        {done}
      </p>
      <div class="buttons">
        <a class="button primary" href={server.ide} target="_blank" rel="noopener" onClick={carry}>
          Copy and open in the IDE
        </a>
        <button type="button" class="button" onClick={() => copy(text, 'The query is')}>
          Copy query
        </button>
        <button type="button" class="button" onClick={() => copy(variables, 'The variables are')}>
          Copy variables
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
