import { useEffect, useState } from 'preact/hooks';

/** Dark or light, or as the reader's system is. */
export type Theme = 'auto' | 'light' | 'dark';

const key = 'statsgraph-theme';
const changed = 'statsgraph-theme-changed';
const system = matchMedia('(prefers-color-scheme: dark)');

export function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem(key);
    return saved === 'light' || saved === 'dark' ? saved : 'auto';
  } catch {
    return 'auto';
  }
}

/** Shows the page in a theme, and keeps that in the browser where it may. */
export function setTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It holds until the page is left.
  }
  dispatchEvent(new Event(changed));
}

/** The mode that is shown, for what draws by itself. */
export function useTheme(): string {
  const read = () => document.documentElement.dataset['theme'] ?? (system.matches ? 'dark' : 'light');
  const [theme, setShown] = useState(read);
  useEffect(() => {
    const update = () => setShown(read());
    addEventListener(changed, update);
    system.addEventListener('change', update);
    return () => {
      removeEventListener(changed, update);
      system.removeEventListener('change', update);
    };
  }, []);
  return theme;
}
