/** Whether this device shows paper or the dark: chosen here, or by the system. */
export type ColorScheme = 'auto' | 'light' | 'dark';

const STORED = 'mutual.colorScheme';
const dark = matchMedia('(prefers-color-scheme: dark)');

export function chosenColorScheme(): ColorScheme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

export function chooseColorScheme(scheme: ColorScheme): void {
  localStorage.setItem(STORED, scheme);
  showColorScheme();
}

/** Sets the attribute that the variables of theme.ts depend on. */
export function showColorScheme(): void {
  const scheme = chosenColorScheme();
  document.documentElement.dataset['mantineColorScheme'] =
    scheme === 'auto' ? (dark.matches ? 'dark' : 'light') : scheme;
}

dark.addEventListener('change', showColorScheme);
