import { render } from 'preact';
import { App } from './app';
import { savedTheme, setTheme } from './ui/theme';

if (savedTheme() !== 'auto') setTheme(savedTheme());
render(<App />, document.getElementById('app')!);
