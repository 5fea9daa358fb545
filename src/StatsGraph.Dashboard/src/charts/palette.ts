/** The colours of the page that charts need, as the style sheet has them in the mode that is shown. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  surface: string;
  accent: string;
  accentSoft: string;
  second: string;
  before: string;
  none: string;
  /** From little to much. */
  scale: string[];
}

const names = {
  text: '--text',
  muted: '--muted',
  line: '--line',
  surface: '--surface',
  accent: '--accent',
  accentSoft: '--accent-soft',
  second: '--second',
  before: '--before',
  none: '--none',
} as const;
const scale = ['--scale-0', '--scale-1', '--scale-2', '--scale-3', '--scale-4'];

/** Reads the palette. A custom property is a text until something has it for its colour, so an element does. */
export function readPalette(): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, colour(name)])) as unknown as Palette;
  palette.scale = scale.map(colour);
  probe.remove();
  return palette;
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
