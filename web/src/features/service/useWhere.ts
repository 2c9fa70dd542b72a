/** Where a script is read, in words. */
import { useTranslation } from 'react-i18next'

import type { ScriptContent, ScriptPlaces } from '@/api/scripts'
import { nameIn } from '@/ui/format'

/** Names of queues, then numbers, where agents read it. */
export function useWhere(places: ScriptPlaces): (content: ScriptContent) => string {
  const { i18n } = useTranslation()
  return (content) => {
    const queues = content.queues.map((id) => {
      const queue = places.queues.find((each) => each.id === id)
      return queue === undefined ? id : nameIn(i18n.language, queue)
    })
    return [...queues, ...content.numbers].join(' · ')
  }
}
