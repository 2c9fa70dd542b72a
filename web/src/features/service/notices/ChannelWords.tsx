/** The words of one channel: on or off, both languages, placeholders at hand. */
import { Button, Input, Switch } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { NoticeChannel, NoticeWording } from '@/api/notices'

import { partsOf } from './words'

const LONGEST: Record<NoticeChannel, number> = { bell: 300, mail: 4_000, sms: 500 }
const LONGEST_TITLE = 150

type Field = 'zh' | 'en' | 'title_zh' | 'title_en'

interface Props {
  channel: NoticeChannel
  words: NoticeWording
  placeholders: readonly string[]
  onChange: (words: NoticeWording) => void
}

export function ChannelWords({ channel, words, placeholders, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const [last, setLast] = useState<Field>('zh')
  const place = useRef(0)
  const note = (field: Field, at: number | null): void => {
    setLast(field)
    place.current = at ?? (words[field] ?? '').length
  }
  const insert = (name: string): void => {
    const text = words[last] ?? ''
    const at = Math.min(place.current, text.length)
    onChange({ ...words, [last]: `${text.slice(0, at)}{${name}}${text.slice(at)}` })
    place.current = at + name.length + 2
  }
  const label = (field: Field): string => t(`notices.field.${field}`)
  const field = (name: Field): ReactElement => {
    const isTitle = name.startsWith('title')
    const shared = {
      value: words[name] ?? '',
      maxLength: isTitle ? LONGEST_TITLE : LONGEST[channel],
      'data-testid': `notice-${channel}-${name}`,
      onFocus: (event: { target: { selectionStart: number | null } }) => note(name, event.target.selectionStart),
      onSelect: (event: { target: EventTarget }) => note(name, (event.target as HTMLInputElement).selectionStart),
      onChange: (event: { target: { value: string; selectionStart: number | null } }) => {
        onChange({ ...words, [name]: event.target.value })
        note(name, event.target.selectionStart)
      },
    }
    return (
      <label>
        <span className="quiet">{label(name)}</span>
        {isTitle ? <Input {...shared} /> : <Input.TextArea autoSize={{ minRows: channel === 'mail' ? 4 : 2, maxRows: 12 }} {...shared} />}
      </label>
    )
  }
  return (
    <fieldset className="panel notice-channel" data-testid={`notice-channel-${channel}`}>
      <legend className="screen-reader">{t(`notices.channel.${channel}`)}</legend>
      <div className="row">
        <Switch size="small" checked={words.is_on} aria-label={t('notices.is_on', { channel: t(`notices.channel.${channel}`) })} data-testid={`notice-on-${channel}`} onChange={(is_on) => onChange({ ...words, is_on })} />
        <b>{t(`notices.channel.${channel}`)}</b>
        {words.is_on ? null : <span className="quiet">{t('notices.off')}</span>}
        <span className="grow" />
        {channel === 'sms' ? <span className="quiet">{t('notices.parts', { signs: words.zh.length, count: partsOf(words.zh) })}</span> : null}
      </div>
      <div className="notice-languages">
        {channel === 'mail' ? field('title_zh') : null}
        {channel === 'mail' ? field('title_en') : null}
        {field('zh')}
        {field('en')}
      </div>
      <div className="row notice-places">
        <span className="quiet">{t('notices.insert', { field: label(last) })}</span>
        {placeholders.map((name) => (
          <Button key={name} size="small" title={`{${name}}`} data-testid={`notice-${channel}-put-${name}`} onClick={() => insert(name)}>
            {t(`notices.place.${name}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
