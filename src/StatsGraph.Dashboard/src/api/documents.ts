import type * as api from '../../generated/api';

/** The saved documents that the page asks, by name, with their variables and answers. */
export interface Documents {
  sites: [api.SitesQueryVariables, api.SitesQuery];
  figures: [api.FiguresQueryVariables, api.FiguresQuery];
  'over-time': [api.OverTimeQueryVariables, api.OverTimeQuery];
  'by-hour': [api.ByHourQueryVariables, api.ByHourQuery];
  'by-weekday-hour': [api.ByWeekdayHourQueryVariables, api.ByWeekdayHourQuery];
  'by-entry-mount': [api.ByEntryMountQueryVariables, api.ByEntryMountQuery];
  'by-mount': [api.ByMountQueryVariables, api.ByMountQuery];
  'by-player': [api.ByPlayerQueryVariables, api.ByPlayerQuery];
  'by-referrer': [api.ByReferrerQueryVariables, api.ByReferrerQuery];
  'by-country': [api.ByCountryQueryVariables, api.ByCountryQuery];
  'by-region': [api.ByRegionQueryVariables, api.ByRegionQuery];
  'by-city': [api.ByCityQueryVariables, api.ByCityQuery];
  refused: [api.RefusedQueryVariables, api.RefusedQuery];
  intake: [api.IntakeQueryVariables, api.IntakeQuery];
  'us-tuning-hours': [api.UsTuningHoursQueryVariables, api.UsTuningHoursQuery];
}

export type DocumentName = keyof Documents;
export type Variables<N extends DocumentName> = Documents[N][0];
export type Answer<N extends DocumentName> = Documents[N][1];

/** A document and the variables it was asked with: what is behind a card. */
export interface Question {
  name: DocumentName;
  variables: Record<string, unknown>;
}

/** The text of a document; loaded when somebody wants to read it. */
export async function textOf(name: DocumentName): Promise<string> {
  const { texts } = await import('./texts');
  return texts[name] ?? '';
}
