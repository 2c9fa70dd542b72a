/** How the words read, filled by what was told last of this event. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { NOTICE_TEMPLATES, noticeTemplates, type NoticeWordings } from '@/api/notices'
import { codeOf, useRefusalText } from '@/ui/problems'
import { Loading } from '@/ui/states'

import { CHANNELS } from './words'

const AFTER_MS = 400

/** The value as it was when typing paused. */
function usePaused<T>(value: T): T {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), AFTER_MS)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}

export function Preview({ event, wordings }: { event: string; wordings: NoticeWordings }): ReactElement {
  const { t } = useTranslation()
  const textOf = useRefusalText()
  const written = usePaused(JSON.stringify(wordings))
  const { data, error, isPending } = useQuery({
    queryKey: [...NOTICE_TEMPLATES, event, 'preview', written],
    queryFn: () => noticeTemplates.preview(event, JSON.parse(written) as NoticeWordings),
    placeholderData: (before) => before,
    retry: false,
  })
  const shown = CHANNELS.filter((channel) => data?.words[channel] !== undefined)
  return (
    <section className="panel stack" aria-label={t('notices.preview')} data-testid="notice-preview">
      <h2>{t('notices.preview')}</h2>
      {error === null ? null : (
        <p className="error-box" role="alert">
          ■ {textOf(error)} <code>{codeOf(error)}</code>
        </p>
      )}
      {isPending && error === null ? <Loading rows={3} /> : null}
      {data === undefined ? null : <p className="quiet">{data.real ? t('notices.preview_real') : t('notices.preview_specimen')}</p>}
      {shown.map((channel) => {
        const words = data?.words[channel]
        return words === undefined ? null : (
          <div key={channel} className="notice-shown">
            <span className="quiet">{t(`notices.channel.${channel}`)}</span>
            {(['zh', 'en'] as const).map((language) => (
              <blockquote key={language} lang={language === 'zh' ? 'zh-CN' : 'en'} data-testid={`notice-preview-${channel}-${language}`}>
                {channel === 'mail' ? <b>{language === 'zh' ? words.title_zh : words.title_en}</b> : null}
                <p>{words[language]}</p>
              </blockquote>
            ))}
          </div>
        )
      })}
    </section>
  )
}
