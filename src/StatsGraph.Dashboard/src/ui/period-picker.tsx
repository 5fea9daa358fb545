import { useEffect, useRef, useState } from 'preact/hooks';
import * as dates from '../format/dates';
import { usePage } from '../state/context';
import { daysBetween, plusDays, plusMonths } from '../state/dates';
import { presets, resolve, type PeriodChoice } from '../state/period';

const shownMonths = 12;

/** The period: by name, a month, or any days; with a step to the one before and after. */
export function PeriodPicker({ today }: { today: string }) {
  const { view, show, choice, days } = usePage();
  const menu = useRef<HTMLDetailsElement>(null);
  const choose = (period: PeriodChoice) => {
    show({ ...view, period });
    if (menu.current) menu.current.open = false;
    menu.current?.querySelector('summary')?.focus();
  };
  useClosing(menu);
  const months = Array.from({ length: shownMonths }, (_, index) => plusMonths(`${today.slice(0, 7)}-01`, -index).slice(0, 7));
  const name = choice in presets ? presets[choice as keyof typeof presets] : dates.days(days);

  return (
    <div class="control period">
      <span id="period-name">Period</span>
      <div class="period-row">
        <StepButton label="Period before" sign="‹" days={step(choice, today, -1)} onChoose={choose} />
        <details ref={menu} class="menu">
          <summary aria-labelledby="period-name period-value">
            <span id="period-value">{name}</span>
          </summary>
          <div class="menu-content">
            <ul class="choices">
              {Object.entries(presets).map(([key, text]) => (
                <li key={key}>
                  <Choice name={text} isChosen={choice === key} onChoose={() => choose(key)} />
                </li>
              ))}
            </ul>
            <ul class="choices">
              {months.map(month => (
                <li key={month}>
                  <Choice name={dates.month(month)} isChosen={choice === month} onChoose={() => choose(month)} />
                </li>
              ))}
            </ul>
            <FreeDays key={`${days.from} ${days.to}`} from={days.from} last={plusDays(days.to, -1)} onChoose={choose} />
          </div>
        </details>
        <StepButton label="Period after" sign="›" days={step(choice, today, 1)} onChoose={choose} />
      </div>
    </div>
  );
}

function Choice({ name, isChosen, onChoose }: { name: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      {name}
    </button>
  );
}

function FreeDays({ from, last, onChoose }: { from: string; last: string; onChoose: (period: PeriodChoice) => void }) {
  const [first, setFirst] = useState(from);
  const [end, setEnd] = useState(last);
  const isWrong = first !== '' && end !== '' && first > end;
  return (
    <form
      class="free-days"
      onSubmit={event => {
        event.preventDefault();
        if (first && end && !isWrong) onChoose(`${first}..${end}`);
      }}
    >
      <label>
        First day
        <input type="date" required value={first} onInput={event => setFirst(event.currentTarget.value)} />
      </label>
      <label>
        Last day
        <input type="date" required value={end} onInput={event => setEnd(event.currentTarget.value)} />
      </label>
      {isWrong && <p role="alert">The last day is before the first one.</p>}
      <button type="submit" class="button primary">
        Show these days
      </button>
    </form>
  );
}

function StepButton({
  label,
  sign,
  days,
  onChoose,
}: {
  label: string;
  sign: string;
  days: PeriodChoice | null;
  onChoose: (period: PeriodChoice) => void;
}) {
  return (
    <button type="button" class="step" aria-label={label} title={label} disabled={days === null} onClick={() => days && onChoose(days)}>
      {sign}
    </button>
  );
}

/** The period of the same length before or after; null where that is still to come. */
function step(choice: PeriodChoice, today: string, direction: 1 | -1): PeriodChoice | null {
  const { from, to, unit } = resolve(choice, today);
  if (unit === 'month') {
    const month = plusMonths(from, direction);
    return month > today ? null : month.slice(0, 7);
  }
  const length = daysBetween(from, to);
  const [first, end] =
    unit === 'year'
      ? [plusMonths(from, 12 * direction), plusMonths(to, 12 * direction)]
      : [plusDays(from, length * direction), plusDays(to, length * direction)];
  return first > today ? null : `${first}..${plusDays(end, -1)}`;
}

/** Closes a menu by Escape, and when something else is chosen. */
function useClosing(menu: { current: HTMLDetailsElement | null }) {
  useEffect(() => {
    const away = (event: Event) => {
      const open = menu.current;
      if (open?.open && !open.contains(event.target as Node)) open.open = false;
    };
    const escape = (event: KeyboardEvent) => {
      const open = menu.current;
      if (event.key !== 'Escape' || !open?.open) return;
      open.open = false;
      open.querySelector('summary')?.focus();
    };
    addEventListener('pointerdown', away);
    addEventListener('focusin', away);
    addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('focusin', away);
      removeEventListener('keydown', escape);
    };
  }, []);
}
