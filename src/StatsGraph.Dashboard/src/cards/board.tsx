import { CountriesCard } from './countries';
import { ErrorsCard } from './errors';
import { FiguresCard } from './figures';
import { HoursCard } from './hours';
import { LeftOutCard } from './left-out';
import { OverTimeCard } from './over-time';
import { PlacesCard } from './places';
import { EntryMountsCard, MountsCard, PlayersCard, ReferrersCard } from './rankings';
import { ThresholdCard } from './threshold';
import { WeekdayHoursCard } from './weekday-hours';

/** All cards by name, in the order in which the page shows them. */
export const cards = {
  figures: FiguresCard,
  'over-time': OverTimeCard,
  hours: HoursCard,
  'weekday-hours': WeekdayHoursCard,
  countries: CountriesCard,
  'entry-mounts': EntryMountsCard,
  mounts: MountsCard,
  players: PlayersCard,
  referrers: ReferrersCard,
  places: PlacesCard,
  threshold: ThresholdCard,
  errors: ErrorsCard,
  'left-out': LeftOutCard,
} as const;

export type CardName = keyof typeof cards;

/** The cards of the page. */
export function Board() {
  return (
    <div class="board">
      {Object.entries(cards).map(([name, One]) => (
        <One key={name} />
      ))}
    </div>
  );
}
