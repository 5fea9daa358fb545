import type { FigureName } from '../state/view';
import { average, count, duration, hours } from './numbers';

/** Figures as the API answers them. */
type Metrics = Record<Exclude<FigureName, 'peakConcurrent' | 'averageDuration'>, number> & {
  averageDuration: number | null;
  peakConcurrent: { sessions: number };
};

/** A figure of those that were answered; null where there is none, such as the duration of no session. */
export const figureOf = (metrics: Metrics, name: FigureName): number | null =>
  name === 'peakConcurrent' ? metrics.peakConcurrent.sessions : metrics[name];

/** Whether anybody listened. */
export const isHeard = (metrics: { tuningHours: number; sessions: number }): boolean => metrics.tuningHours > 0 || metrics.sessions > 0;

/** Names of the figures for people, what they are, and how they are written. */
export const figures: Record<FigureName, { title: string; unit: string; explained: string; write: (value: number) => string }> = {
  tuningHours: {
    title: 'Tuning hours',
    unit: 'hours',
    explained: 'Hours of listening inside the period, summed over all listeners (ATH)',
    write: hours,
  },
  sessions: { title: 'Sessions', unit: 'sessions', explained: 'Connections that started in the period', write: count },
  visits: { title: 'Visits', unit: 'visits', explained: 'Sessions of one listener with breaks of less than 30 minutes', write: count },
  listeners: { title: 'Listeners', unit: 'listeners', explained: 'Different addresses with their players', write: count },
  averageDuration: {
    title: 'Average duration',
    unit: 'seconds',
    explained: 'Mean length of the sessions that started in the period',
    write: duration,
  },
  peakConcurrent: { title: 'Peak concurrent', unit: 'sessions', explained: 'Most sessions open at one instant', write: count },
  averageConcurrent: {
    title: 'Average concurrent',
    unit: 'sessions',
    explained: 'Sessions open at a time, on average (AAS)',
    write: average,
  },
};
