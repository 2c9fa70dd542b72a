/** Light or dark, dense or roomy: what a person chose, and what that comes to at this moment. */
import { create } from 'zustand'

export type ThemeChoice = 'light' | 'dark' | 'system'
export type DensityChoice = 'compact' | 'roomy'

interface Appearance {
  theme: ThemeChoice
  density: DensityChoice
  /** What the computer itself is set to. */
  isSystemDark: boolean
}

const THEME_KEY = 'lianxi-theme'
const DENSITY_KEY = 'lianxi-density'

const darkness = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

function kept<Choice extends string>(place: string, choices: readonly Choice[], otherwise: Choice): Choice {
  const found = localStorage.getItem(place)
  return choices.find((each) => each === found) ?? otherwise
}

export const useAppearance = create<Appearance>(() => ({
  theme: kept(THEME_KEY, ['light', 'dark', 'system'], 'system'),
  density: kept(DENSITY_KEY, ['compact', 'roomy'], 'compact'),
  isSystemDark: darkness().matches,
}))

export const shownTheme = ({ theme, isSystemDark }: Appearance): 'light' | 'dark' =>
  theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme

export function chooseTheme(theme: ThemeChoice): void {
  localStorage.setItem(THEME_KEY, theme)
  useAppearance.setState({ theme })
}

export function chooseDensity(density: DensityChoice): void {
  localStorage.setItem(DENSITY_KEY, density)
  useAppearance.setState({ density })
}

function paint(now: Appearance): void {
  document.documentElement.dataset['theme'] = shownTheme(now)
  document.documentElement.dataset['density'] = now.density
}

/** Colours of the style sheet follow the choice from now on, before anything is painted. */
export function followAppearance(): void {
  paint(useAppearance.getState())
  useAppearance.subscribe(paint)
  darkness().addEventListener('change', (event) => useAppearance.setState({ isSystemDark: event.matches }))
}
