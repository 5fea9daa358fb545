import { usePage } from '../state/context';
import { withoutFilter, type FilterName } from '../state/view';
import { filterNames, filterValue } from './filter-names';
import { Icon } from './icon';

/** What the page is narrowed to; each can be taken away. */
export function Chips() {
  const { view, show } = usePage();
  const filters = Object.entries(view.filters) as [FilterName, string | number | null][];
  return (
    <div class="chips" role="group" aria-label="Filters">
      {filters.map(([name, value]) => {
        const text = `${filterNames[name]}: ${filterValue(name, value)}`;
        return (
          <button
            type="button"
            class="chip"
            key={name}
            data-chip={name}
            aria-label={`Remove filter ${text}`}
            title={`Remove filter ${text}`}
            onClick={() => show(withoutFilter(view, name))}
          >
            <span>{text}</span>
            <Icon name="close" />
          </button>
        );
      })}
      {filters.length > 1 && (
        <button type="button" class="link" onClick={() => show({ ...view, filters: {} })}>
          Remove all
        </button>
      )}
      <span class="visually-hidden" role="status">
        {filters.length === 0
          ? ''
          : `Narrowed by ${filters.map(([name, value]) => `${filterNames[name]}: ${filterValue(name, value)}`).join(', ')}`}
      </span>
    </div>
  );
}
