/** Shapes of 20 by 20, drawn by lines in the colour of the text. */
const paths = {
  table: 'M3 4.5h14v11H3zM3 8.5h14M8 8.5v7',
  chart: 'M3 16.5h14M5.5 13V9M10 13V4.5M14.5 13V7',
  csv: 'M10 3v9M6.5 8.8 10 12.3l3.5-3.5M4 16.5h12',
  png: 'M3 4.5h14v11H3zM3 13l4-4 3.5 3.5L13 10l4 3.5M13 7.5h.01',
  query: 'M7 5.5 2.800 10 7 14.5M13 5.5 17.200 10 13 14.5M11.200 4 8.800 16',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M15.700 4.300l-1.100 1.100M5.400 14.600l-1.100 1.100',
  moon: 'M16 11.800A6.5 6.5 0 0 1 8.200 4a6.5 6.5 0 1 0 7.800 7.800z',
  auto: 'M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13',
  in: 'M9 4.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12.300 12.300 16.5 16.5M9 7v4M7 9h4',
  out: 'M9 4.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12.300 12.300 16.5 16.5M7 9h4',
  left: 'M12 5 7 10l5 5',
  right: 'M8 5l5 5-5 5',
  warning: 'M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.200v.1',
} as const;

export type Icon = keyof typeof paths;

/** A sign that says nothing by itself: what bears it has a name. */
export function Icon({ name }: { name: Icon }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
