const KEY = 'open-cpo.theme';

export type ThemeName = 'light' | 'dark';

/** The chosen theme, else that of the system. */
export function keptTheme(): ThemeName {
  const kept = localStorage.getItem(KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const keepTheme = (name: ThemeName): void => localStorage.setItem(KEY, name);
