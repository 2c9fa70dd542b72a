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

/** The words of the report pages, in both languages: they come with those pages, not with the desk. */
export async function loadReportWords(): Promise<void> {
  const [chinese, english] = await Promise.all([import('@/locales/reports.zh-CN.json'), import('@/locales/reports.en.json')])
  i18next.addResourceBundle('zh-CN', 'translation', chinese.default, true)
  i18next.addResourceBundle('en', 'translation', english.default, true)
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(LANGUAGE_KEY, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
