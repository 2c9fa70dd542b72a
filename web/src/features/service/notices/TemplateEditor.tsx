/** The words of one event: channels at left, how they read at right; they hold from a moment on. */
import { useQueryClient } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { NOTICE_TEMPLATES, noticeTemplates, type NoticeTemplate } from '@/api/notices'
import { useZone } from '@/api/session'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { shortDateTime } from '@/ui/format'
import { useVersions } from '@/ui/versions'
import { instantOf } from '@/ui/zone'

import { ChannelWords } from './ChannelWords'
import { Preview } from './Preview'
import { Versions } from './Versions'
import { CHANNELS, editedOf, said, wordingsOf, type EditedWords } from './words'

export function TemplateEditor({ template }: { template: NoticeTemplate }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const [isLater, setLater] = useState(false)
  const [time, setTime] = useState('')
  const { event, coming, placeholders } = template
  const editing = useVersions<EditedWords>({
    name: `notice-template-${event}`,
    stored: editedOf(template),
    send: async (_changes, whole, match) => {
      const saved = await noticeTemplates.save(event, wordingsOf(whole), isLater ? instantOf(time, zone) : null, match)
      return editedOf(saved)
    },
    reread: async () => {
      await client.invalidateQueries({ queryKey: NOTICE_TEMPLATES })
      const found = client.getQueryData<NoticeTemplate[]>(NOTICE_TEMPLATES)?.find((each) => each.event === event)
      return found === undefined ? undefined : editedOf(found)
    },
    saved: t('notices.template_saved'),
  })
  const { draft } = editing
  const fields = CHANNELS.filter((channel) => draft[channel] !== undefined).map((channel) => ({
    key: channel,
    label: t(`notices.channel.${channel}`),
    show: (version: EditedWords) => said(version[channel]),
  }))
  return (
    <div className="stack" data-testid={`notice-template-${event}`}>
      <h2 className="panel-title">{t(`notices.event.${event}`)}</h2>
      {coming === null ? null : (
        <p className="quiet" data-testid="notice-coming">
          ◔ {t('notices.coming', { number: coming.number, at: shortDateTime(coming.effective_at, i18n.language, zone) })}
        </p>
      )}
      <EditBar editing={editing}>
        <Radio.Group value={isLater} onChange={(change) => setLater(change.target.value as boolean)}>
          <Radio value={false}>{t('notices.now')}</Radio>
          <Radio value>{t('notices.later')}</Radio>
        </Radio.Group>
        {isLater ? <Input type="datetime-local" className="service-middle" aria-label={t('notices.later')} data-testid="notice-later" value={time} onChange={(change) => setTime(change.target.value)} /> : null}
      </EditBar>
      <EditFrame<EditedWords> editing={editing} fields={fields}>
        <div className="script-split">
          <div className="stack">
            {CHANNELS.map((channel) => {
              const words = draft[channel]
              return words === undefined ? null : (
                <ChannelWords key={channel} channel={channel} words={words} placeholders={placeholders} onChange={(next) => editing.change({ ...draft, [channel]: next })} />
              )
            })}
            <Versions template={template} onLoad={(version) => editing.change({ ...draft, ...version.wordings })} />
          </div>
          <aside className="script-beside">
            <Preview event={event} wordings={wordingsOf(draft)} />
          </aside>
        </div>
      </EditFrame>
    </div>
  )
}
