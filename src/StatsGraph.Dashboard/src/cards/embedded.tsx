import { usePage } from '../state/context';
import { cards, type CardName } from './board';

/** One card alone, for a frame of a station's own page, where the server allows that. */
export function Embedded({ card }: { card: string }) {
  const { server } = usePage();
  const allowed = server.embed === '*' || server.embed.includes(card);
  if (!Object.hasOwn(cards, card))
    return (
      <main class="message">
        <p>
          There is no card <strong>{card}</strong>. There are {Object.keys(cards).join(', ')}.
        </p>
      </main>
    );
  if (!allowed)
    return (
      <main class="message">
        <p>
          This server does not allow the card <strong>{card}</strong> to be shown on other pages (setting Server:Embed:Cards).
        </p>
      </main>
    );
  const One = cards[card as CardName];
  return (
    <main class="embedded">
      <One />
    </main>
  );
}
