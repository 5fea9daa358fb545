import { usePage } from '../state/context';
import { withoutFilter } from '../state/view';
import { toldFilters } from './filter-names';
import { Icon } from './icon';

/** What the page is narrowed to; each can be taken away. */
export function Chips() {
  const { view, show } = usePage();
  const filters = toldFilters(view.filters);
  return (
    <div class="chips" role="group" aria-label="Filters">
      {filters.map(({ name, text }) => (
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
      ))}
      {filters.length > 1 && (
        <button type="button" class="link" onClick={() => show({ ...view, filters: {} })}>
          Remove all
        </button>
      )}
      <span class="visually-hidden" role="status">
        {filters.length === 0 ? '' : `Narrowed by ${filters.map(filter => filter.text).join(', ')}`}
      </span>
    </div>
  );
}
