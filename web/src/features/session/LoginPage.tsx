/** 登录: who, and with which phone. The click here also unlocks sound for the shift. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { session } from '@/api/calls'
import { rememberCsrf } from '@/api/client'
import type { Me } from '@/api/schema'
import { forgetEnded, hasDesk, hasEnded, sessionQuery } from '@/api/session'
import { renewLink } from '@/live/link'
import { usePhoneControl } from '@/phone/context'
import type { Device } from '@/phone/state'
import { dismissAll, notify } from '@/ui/notices'
import { codeOf } from '@/ui/problems'
import { ErrorBox } from '@/ui/states'

type Mode = Device | 'none'
const MODE_KEY = 'lianxi-phone-mode'

function lastMode(): Mode {
  const mode = localStorage.getItem(MODE_KEY)
  return mode === 'phone' || mode === 'none' ? mode : 'browser'
}

interface Fields {
  username: string
  password: string
}

/** Sign in: first the person, then, for someone whose home is the desk, the desk. */
function useSignIn(mode: Mode) {
  const phone = usePhoneControl()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [waiting, setWaiting] = useState<Me | null>(null)

  const enter = (me: Me): void => {
    client.setQueryData(sessionQuery.queryKey, me)
    void navigate(me.home, { replace: true })
  }
  const atDesk = async (me: Me, takeOver: boolean): Promise<void> => {
    if (mode === 'none' || !hasDesk(me) || me.home !== '/desk') return enter(me)
    try {
      await phone.signIn(mode, takeOver)
    } catch (refusal) {
      if (codeOf(refusal) === 'signed_in_elsewhere') return setWaiting(me)
      // The person is signed in; the desk says on its page why it is not.
      notify(refusal)
    }
    return enter(me)
  }
  const submit = async ({ username, password }: Fields): Promise<void> => {
    phone.unlockSound()
    localStorage.setItem(MODE_KEY, mode)
    setBusy(true)
    setError(null)
    try {
      const me = await session.open(username.trim(), password)
      rememberCsrf(me.csrf)
      forgetEnded()
      dismissAll()
      renewLink()
      await atDesk(me, false)
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return {
    isBusy,
    error,
    isElsewhere: waiting !== null,
    submit,
    takeOver: async () => {
      if (waiting !== null) await atDesk(waiting, true)
    },
    enterWithout: () => waiting !== null && enter(waiting),
  }
}

export function LoginPage({ corner }: { corner?: ReactElement }): ReactElement {
  const { t } = useTranslation()
  const [mode, setMode] = useState<Mode>(lastMode)
  const signIn = useSignIn(mode)
  return (
    <main className="login">
      <div className="login-box stack">
        <div className="row">
          <h1 className="grow">{t('app.name')}</h1>
          {corner}
        </div>
        <p className="quiet">{t('session.lead')}</p>
        {hasEnded() && signIn.error === null ? (
          <p role="alert" className="over" data-testid="session-ended">
            ▲ {t('problem.http_401')}
          </p>
        ) : null}
        {signIn.error === null ? null : <ErrorBox error={signIn.error} />}
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void signIn.submit(fields)}>
          <Form.Item
            name="username"
            label={t('session.username')}
            rules={[{ required: true, message: t('session.username_required') }]}
          >
            <Input autoComplete="username" data-testid="login-username" size="large" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('session.password')}
            rules={[{ required: true, message: t('session.password_required') }]}
          >
            <Input.Password autoComplete="current-password" data-testid="login-password" size="large" />
          </Form.Item>
          <Form.Item label={t('session.phone_mode')}>
            <Segmented<Mode>
              block
              value={mode}
              onChange={setMode}
              aria-label={t('session.phone_mode')}
              data-testid="phone-mode"
              options={[
                { value: 'browser', label: <span data-testid="phone-mode-browser">{t('session.browser')}</span> },
                { value: 'phone', label: <span data-testid="phone-mode-phone">{t('session.phone')}</span> },
                { value: 'none', label: <span data-testid="phone-mode-none">{t('session.none')}</span> },
              ]}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" block size="large" loading={signIn.isBusy} data-testid="login-submit">
            {t('session.sign_in')}
          </Button>
        </Form>
      </div>
      <Modal
        open={signIn.isElsewhere}
        title={t('session.elsewhere_title')}
        okText={t('session.take_over')}
        cancelText={t('session.enter_without')}
        okButtonProps={{ 'data-testid': 'take-over' } as Record<`data-${string}`, string>}
        onOk={() => void signIn.takeOver()}
        onCancel={signIn.enterWithout}
      >
        {t('session.elsewhere_why')}
      </Modal>
    </main>
  )
}
