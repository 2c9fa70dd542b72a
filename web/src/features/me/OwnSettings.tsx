/** How one's desktop looks, sounds and listens to keys; kept on the server, the ring on this computer. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Radio, Slider, Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { own, preferencesQuery, type Preferences } from '@/api/own'
import { people } from '@/api/people'
import type { DeskView } from '@/api/schema'
import { useRow } from '@/live/hooks'
import { usePhoneControl } from '@/phone/context'
import { readSound } from '@/phone/sound'
import { announce } from '@/ui/announce'
import { useAppearance } from '@/ui/appearance'
import { FormField, FormProblems } from '@/ui/FormField'
import { isEnglish } from '@/ui/format'
import { notify } from '@/ui/notices'
import { useServerForm } from '@/ui/useServerForm'

/** In force at once (the frame of the pages follows what is known of the preferences). */
function usePrefer(): (change: Partial<Preferences>) => void {
  const client = useQueryClient()
  return (change) => {
    const kept = client.getQueryData<Preferences>(preferencesQuery.queryKey)
    const chosen: Preferences = { plain_keys: true, keys: {}, ...kept, ...change }
    client.setQueryData(preferencesQuery.queryKey, chosen)
    own.prefer(chosen).catch(notify)
  }
}

interface ChoiceProps {
  name: 'theme' | 'density' | 'language'
  value: string
  options: { value: string; label: string }[]
}

function Choice({ name, value, options }: ChoiceProps): ReactElement {
  const { t } = useTranslation()
  const prefer = usePrefer()
  return (
    <fieldset className="own-choice">
      <legend>{t(`me.${name}`)}</legend>
      <Radio.Group optionType="button" value={value} options={options} data-testid={`me-${name}`} onChange={(event) => prefer({ [name]: String(event.target.value) })} />
    </fieldset>
  )
}

function Ring(): ReactElement {
  const { t } = useTranslation()
  const phone = usePhoneControl()
  const [choice, setChoice] = useState(readSound)
  const choose = (volume: number): void => {
    const next = { ...choice, volume }
    setChoice(next)
    phone.setSound(next)
  }
  return (
    <div>
      <b id="me-volume">{t('me.ring_volume')}</b>
      <div className="row">
        <Slider className="grow" min={0} max={100} value={Math.round(choice.volume * 100)} ariaLabelledByForHandle="me-volume" onChange={(percent) => choose(percent / 100)} />
        <Button onClick={() => phone.testRing()} data-testid="me-listen">
          {t('me.listen')}
        </Button>
      </div>
      <p className="quiet">{t('me.ring_volume_does')}</p>
    </div>
  )
}

function Email({ email }: { email: string }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const sheet = useServerForm<{ email: string }>(async (wish) => {
    client.setQueryData(['me', 'profile'], await people.setProfile({ email: wish.email.trim() }))
    announce(t('me.saved'))
  })
  return (
    <Form form={sheet.form} layout="vertical" initialValues={{ email }} requiredMark={false} onFinish={(wish) => void sheet.submit(wish)}>
      <FormProblems problems={sheet.problems} onGo={sheet.go} />
      <FormField name="email" label={t('me.email')} does={t('me.email_does')}>
        <Input type="email" maxLength={254} autoComplete="email" data-testid="me-email" />
      </FormField>
      <Button htmlType="submit" loading={sheet.isBusy} data-testid="me-email-save">
        {t('me.save')}
      </Button>
    </Form>
  )
}

/** What an administrator gave of the countdown after a call. */
function AfterCall(): ReactElement | null {
  const { t } = useTranslation()
  const given = useRow<DeskView>('me', 'me')?.wrap_up_time
  if (given == null) return null
  return (
    <div>
      <b>{t('me.wrap_up_time')}</b>
      <div data-testid="me-wrap-up-time">{t(`me.wrap_up_time.${given}`)}</div>
      <p className="quiet">{t('me.wrap_up_time_does')}</p>
    </div>
  )
}

export function OwnSettings({ hasPhone }: { hasPhone: boolean }): ReactElement {
  const { t, i18n } = useTranslation()
  const prefer = usePrefer()
  const { theme, density } = useAppearance()
  const kept = useQuery(preferencesQuery)
  const profile = useQuery({ queryKey: ['me', 'profile'], queryFn: people.profile })
  const words = (name: string, values: readonly string[]): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: t(`me.${name}.${value}`) }))
  return (
    <section className="panel stack" aria-labelledby="me-settings">
      <h2 id="me-settings">{t('me.settings')}</h2>
      <Choice name="theme" value={theme} options={words('theme', ['light', 'dark', 'system'])} />
      <Choice name="density" value={density} options={words('density', ['compact', 'roomy'])} />
      <Choice
        name="language"
        value={isEnglish(i18n.language) ? 'en' : 'zh-CN'}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <div>
        <label className="row">
          <Switch checked={kept.data?.plain_keys !== false} onChange={(isOn) => prefer({ plain_keys: isOn })} data-testid="me-plain-keys" />
          {t('me.plain_keys')}
        </label>
        <p className="quiet">{t('me.plain_keys_does')}</p>
      </div>
      {hasPhone ? <Ring /> : null}
      {hasPhone ? <AfterCall /> : null}
      {profile.data === undefined ? null : <Email email={profile.data.email ?? ''} />}
    </section>
  )
}
