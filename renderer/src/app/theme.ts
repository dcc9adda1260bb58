import { create } from 'zustand';

/** `system` follows the machine. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

interface ThemeSlice {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
}

const KEY = 'waybill.theme';

function stored(): Theme {
  const text = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === text) ?? 'system';
}

/** The chosen theme. Kept across visits. */
export const useTheme = create<ThemeSlice>()((set) => ({
  theme: stored(),
  setTheme: (theme) => {
    localStorage.setItem(KEY, theme);
    applyTheme(theme);
    set({ theme });
  },
}));

/** Puts the theme on the root element, where the tokens read it. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
