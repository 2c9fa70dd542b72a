/** Words and shapes of warnings: states, posts, how long something takes. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning, WarningPost, WarningState } from '@/api/warnings'
import { spanOf } from '@/shared/cases/limits'
import { textIn } from '@/ui/format'

export const STATE_SHAPES: Readonly<Record<WarningState, string>> = {
  classified: '◇',
  reviewing: '◎',
  at_store: '▶',
  opined: '✎',
  at_division: '⇧',
  recontact: '☎',
  closed: '✓',
}

export const STATES = Object.keys(STATE_SHAPES) as WarningState[]
export const LEVELS = ['hotline', 'store', 'division'] as const

export function WarningStateTag({ state }: { state: WarningState }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className={`ew-state ew-state-${state}`} data-testid="warning-state" data-state={state}>
      <span aria-hidden="true">{STATE_SHAPES[state]} </span>
      {t(`warnings.state.${state}`)}
    </span>
  )
}

/** How long, in the words of the page. */
export function useSpan(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const { key, values } = spanOf(milliseconds, true)
    return t(`warnings.span.${key}`, values)
  }
}

/** `post:store_manager` by the centre's name for it. */
export function usePostName(posts: readonly WarningPost[]): (owner: string) => string {
  const { t, i18n } = useTranslation()
  return (owner) => {
    const id = owner.replace(/^post:/, '')
    const post = posts.find((each) => each.id === id)
    if (post !== undefined) return textIn(i18n.language, post.zh, post.en)
    return i18n.exists(`warnings.post.${id}`) ? t(`warnings.post.${id}`) : id
  }
}

/** Who has a post today: those who are named, or whoever has a role. */
export function useHolders(posts: readonly WarningPost[]): (owner: string) => string {
  const { t, i18n } = useTranslation()
  return (owner) => {
    const post = posts.find((each) => `post:${each.id}` === owner)
    if (post === undefined) return ''
    if (post.holders.length > 0) return post.holders.join(i18n.language.startsWith('zh') ? '、' : ', ')
    const role = textIn(i18n.language, post.role_zh, post.role_en)
    return role === '' ? t('warnings.nobody') : t('warnings.by_role', { role })
  }
}

/** Somebody who did something, by name. */
export const nameOf = (warning: Warning, user: string | null): string => (user === null ? '' : (warning.people[user] ?? user))
