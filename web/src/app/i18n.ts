/** Chinese is the source, English is complete. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import en from '@/locales/en.json'
import zh from '@/locales/zh-CN.json'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
const LANGUAGE_KEY = 'lianxi-language'

export function firstLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
}

export async function startI18n(language: Language = firstLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
  })
  document.documentElement.lang = language
}

/** Each feature may have a pair of its own: `locales/<feature>.zh-CN.json` and `locales/<feature>.en.json`. */
const PAIRS = import.meta.glob<{ default: Record<string, string> }>('../locales/*.*.json')

/** The words of a feature, in both languages: they come with its pages, not with the desk. */
export async function loadWords(feature: string): Promise<void> {
  await Promise.all(
    LANGUAGES.map(async (language) => {
      const words = await PAIRS[`../locales/${feature}.${language}.json`]?.()
      if (words !== undefined) i18next.addResourceBundle(language, 'translation', words.default, true)
    }),
  )
}

/** All pairs that there are. */
export const FEATURES_WITH_WORDS: readonly string[] = [
  ...new Set(Object.keys(PAIRS).map((path) => path.split('/').at(-1)?.split('.')[0] ?? '')),
]

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(LANGUAGE_KEY, language)
  await showLanguage(language)
}

/** Has somebody chosen a language at this computer? */
export const isLanguageChosen = (): boolean => localStorage.getItem(LANGUAGE_KEY) !== null

/** Show pages in a language that nobody chose here: the organisation's. */
export async function showLanguage(language: Language): Promise<void> {
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
