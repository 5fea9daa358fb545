import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ServerInfo } from '../api/client';
import type { Baseline, Days, PeriodChoice } from './period';
import type { Show } from './history';
import type { Filters, View } from './view';

/** A site, as the page knows it. */
export interface Site {
  key: string;
  name: string;
  timeZone: string;
  dataThrough: string | null;
}

/** What all cards have in common. */
export interface Page {
  view: View;
  show: Show;
  site: Site;
  server: ServerInfo;
  choice: PeriodChoice;
  days: Days;
  /** Whether the period goes on. */
  running: boolean;
  baseline: Days | null;
  baselineName: Baseline;
  /** Counts the news: cards ask again when it changes. */
  news: number;
}

/** Variables that all documents of a period have. */
export interface PeriodVariables extends Filters {
  site: string;
  from: string;
  to: string;
  minDuration?: number;
}

export const PageContext = createContext<Page | null>(null);

/** What is shown, within the page. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('A card stands outside of the page.');
  return page;
}

/** The variables of a period's documents: the page's days unless others are given. */
export function periodVariables(page: Page, days: Days = page.days): PeriodVariables {
  return {
    site: page.site.key,
    from: days.from,
    to: days.to,
    ...(page.view.minDuration > 0 ? { minDuration: page.view.minDuration } : {}),
    ...page.view.filters,
  };
}
