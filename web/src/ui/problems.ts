/** The words for what the server refused, by its stable code. */
import i18next from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

interface Coded {
  code: string
  facts: Record<string, unknown>
}

const isCoded = (error: unknown): error is Coded =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'

/** The stable code of an error, for showing and copying. */
export const codeOf = (error: unknown): string => (isCoded(error) ? error.code : 'unexpected')

/** What the server says about it beside the code, e.g. the field it is about. */
export const factsOf = (error: unknown): Record<string, unknown> => (isCoded(error) ? (error.facts ?? {}) : {})

/** A sentence for an error; an unknown code shows the server's own sentence, or itself. */
export function problemText(error: unknown): string {
  const code = codeOf(error)
  const facts = factsOf(error)
  if (i18next.exists(`problem.${code}`)) return i18next.t(`problem.${code}`, { code, ...facts })
  const said = error instanceof Error && error.message !== code ? error.message : ''
  return said === '' ? i18next.t('problem.unexpected', { code }) : said
}

/** `problemText` that renders anew when the language changes. */
export function useProblemText(): (error: unknown) => string {
  const { i18n } = useTranslation()
  const language = i18n.language
  // The language is what the words depend on, though the function does not name it.
  // oxlint-disable-next-line react/exhaustive-deps
  return useCallback((error: unknown) => problemText(error), [language])
}

/** The server's own sentence about what it refused, in the language of the page; else the words for its code. */
export function useRefusalText(): (refusal: unknown) => string {
  const { i18n } = useTranslation()
  return (refusal) => {
    if (refusal === null) return ''
    const why = factsOf(refusal)[i18n.language.startsWith('zh') ? 'why_zh' : 'why']
    return codeOf(refusal) !== 'invalid_request' && typeof why === 'string' ? why : problemText(refusal)
  }
}
