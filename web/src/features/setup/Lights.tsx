/** 体检: every part the first call needs, with one fix each. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import i18next from 'i18next'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { setup } from '@/api/calls'
import type { Light } from '@/api/schema'
import { ErrorBox, Loading } from '@/ui/states'

/** What this browser adds to the server's list: it alone knows whether it will give the microphone. */
export function browserLight(isSecure: boolean): Light {
  return { key: 'browser', ok: isSecure, detail: null, fix: isSecure ? null : 'use_https' }
}

const words = (prefix: 'detail' | 'fix', code: string, facts: Record<string, unknown> = {}): string => {
  const key = prefix === 'detail' ? `light_detail.${code}` : `light_fix.${code}`
  if (!i18next.exists(key)) return code
  return prefix === 'detail' ? i18next.t(`light_detail.${code}`, facts) : i18next.t(`light_fix.${code}`, facts)
}

function LightRow({ light }: { light: Light }): ReactElement {
  const { t } = useTranslation()
  const name = i18next.exists(`light.${light.key}`) ? t(`light.${light.key}`) : light.key
  return (
    <li data-testid={`light-${light.key}`} data-ok={light.ok}>
      <b className={light.ok ? 'light-ok' : 'light-red'}>
        <span aria-hidden="true">{light.ok ? '●' : '■'} </span>
        {light.ok ? t('setup.ok') : t('setup.not_ok')}
      </b>
      <span className="grow">
        {name}
        {light.detail === null ? null : (
          <span className="quiet"> {words('detail', light.detail.code, light.detail.facts)}</span>
        )}
        {light.ok || light.fix === null ? null : <div>{words('fix', light.fix, light.detail?.facts)}</div>}
      </span>
    </li>
  )
}

const NO_LIGHTS: Light[] = []

/** `onRed` hears how many lights are red, `null` while nobody knows. */
export function Lights({ onRed }: { onRed?: (red: number | null) => void }): ReactElement {
  const { t } = useTranslation()
  const preflight = useQuery({ queryKey: ['preflight'], queryFn: setup.preflight })
  const lights = preflight.isSuccess ? [...preflight.data.lights, browserLight(window.isSecureContext)] : NO_LIGHTS
  const red = lights.filter((light) => !light.ok).length
  const told = preflight.isSuccess ? red : null
  useEffect(() => onRed?.(told), [onRed, told])
  if (preflight.isPending) return <Loading />
  if (preflight.isError) return <ErrorBox error={preflight.error} onRetry={() => void preflight.refetch()} />
  return (
    <section className="panel" aria-label={t('setup.preflight')}>
      <div className="row">
        <h2 className="panel-title grow">{t('setup.preflight')}</h2>
        <span className="quiet">{red === 0 ? t('setup.all_green') : t('setup.some_red', { count: red })}</span>
        <Button loading={preflight.isFetching} data-testid="preflight-retry" onClick={() => void preflight.refetch()}>
          {t('common.retry')}
        </Button>
      </div>
      <ul className="lights">
        {lights.map((light) => (
          <LightRow key={light.key} light={light} />
        ))}
      </ul>
    </section>
  )
}
