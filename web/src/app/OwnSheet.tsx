/** The drawers of the user menu: how the desktop looks, keys, the own password. */
import { Button, Drawer, Form, Input, Radio } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { own } from '@/api/own'
import { announce } from '@/ui/announce'
import { useAppearance, type DensityChoice, type ThemeChoice } from '@/ui/appearance'
import { FormField, FormProblems } from '@/ui/FormField'
import { isEnglish } from '@/ui/format'
import { useServerForm } from '@/ui/useServerForm'

import { changeLanguage, type Language } from './i18n'
import { OwnKeys } from './OwnKeys'
import { usePrefer } from './preferences'

function Choice<Value extends string>(props: {
  label: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  testId: string
}): ReactElement {
  return (
    <fieldset className="own-choice">
      <legend>{props.label}</legend>
      <Radio.Group
        value={props.value}
        data-testid={props.testId}
        optionType="button"
        options={[...props.options]}
        onChange={(event) => props.onChange(event.target.value as Value)}
      />
    </fieldset>
  )
}

function Look(): ReactElement {
  const { t, i18n } = useTranslation()
  const { theme, density } = useAppearance()
  const prefer = usePrefer()
  return (
    <div className="stack">
      <Choice<ThemeChoice>
        label={t('own.theme')}
        value={theme}
        testId="own-theme"
        options={[
          { value: 'light', label: t('own.light') },
          { value: 'dark', label: t('own.dark') },
          { value: 'system', label: t('own.system') },
        ]}
        onChange={(value) => prefer({ theme: value })}
      />
      <Choice<DensityChoice>
        label={t('own.density')}
        value={density}
        testId="own-density"
        options={[
          { value: 'compact', label: t('table.compact') },
          { value: 'roomy', label: t('table.roomy') },
        ]}
        onChange={(value) => prefer({ density: value })}
      />
      <Choice<Language>
        label={t('own.language')}
        value={isEnglish(i18n.language) ? 'en' : 'zh-CN'}
        testId="own-language"
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(value) => {
          void changeLanguage(value)
          prefer({ language: value })
        }}
      />
      <p className="quiet">{t('own.everywhere')}</p>
    </div>
  )
}

interface Passwords {
  present: string
  wanted: string
  again: string
}

function Password({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const sheet = useServerForm<Passwords>(
    async ({ present, wanted }) => {
      await own.changePassword(present, wanted)
      announce(t('own.password_changed'))
      onDone()
    },
    { password_not_right: 'present', password_too_weak: 'wanted' },
  )
  const same = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_: unknown, value: unknown) =>
      value === getFieldValue('wanted') ? Promise.resolve() : Promise.reject(new Error(t('own.not_same'))),
  })
  return (
    <Form form={sheet.form} layout="vertical" onFinish={(wish) => void sheet.submit(wish)} requiredMark={false}>
      <FormProblems problems={sheet.problems} onGo={sheet.go} />
      <FormField name="present" label={t('own.present')}>
        <Input.Password autoComplete="current-password" data-testid="password-present" />
      </FormField>
      <FormField name="wanted" label={t('own.wanted')} does={t('own.wanted_does')}>
        <Input.Password autoComplete="new-password" data-testid="password-wanted" />
      </FormField>
      <Form.Item name="again" label={t('own.again')} dependencies={['wanted']} rules={[same]}>
        <Input.Password autoComplete="new-password" data-testid="password-again" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={sheet.isBusy} data-testid="password-save">
        {t('own.save_password')}
      </Button>
    </Form>
  )
}

export function OwnSheet({ which, onClose }: { which: 'look' | 'keys' | 'password'; onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const title = { look: t('own.look'), keys: t('own.keys'), password: t('own.password') }[which]
  const content: ReactNode = { look: <Look />, keys: <OwnKeys />, password: <Password onDone={onClose} /> }[which]
  return (
    <Drawer open onClose={onClose} title={title} size={440} data-testid={`sheet-${which}`}>
      {content}
    </Drawer>
  )
}
