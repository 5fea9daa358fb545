import { useState } from 'preact/hooks';
import { Icon } from './icon';
import { savedTheme, setTheme, type Theme } from './theme';

const next: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' };
const names: Record<Theme, string> = { auto: 'as the system', dark: 'dark', light: 'light' };
const icons: Record<Theme, Icon> = { auto: 'auto', dark: 'moon', light: 'sun' };

/** Goes on from one theme to the next. */
export function ThemeButton() {
  const [theme, setShown] = useState(savedTheme);
  const label = `Colours: ${names[theme]}. Change to ${names[next[theme]]}`;
  const change = () => {
    setTheme(next[theme]);
    setShown(next[theme]);
  };
  return (
    <button type="button" class="icon-button" data-action="theme" aria-label={label} title={label} onClick={change}>
      <Icon name={icons[theme]} />
    </button>
  );
}
