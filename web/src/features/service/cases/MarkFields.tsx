/** When somebody is told: at a share of the time, or before or after its end, once or again and again. */
import { InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeadlineMark } from '@/api/caseRules'

import { SCALES } from './limits'

const WAYS = ['share', 'before', 'after'] as const
type Way = (typeof WAYS)[number]
const MINUTE_MS = SCALES.minutes

const wayOf = (mark: DeadlineMark): Way => (mark.percent != null ? 'share' : (mark.offset ?? 0) <= 0 ? 'before' : 'after')

const BEGIN: Record<Way, DeadlineMark> = {
  share: { action: 'warn', percent: 80 },
  before: { action: 'warn', offset: -30 * MINUTE_MS },
  after: { action: 'warn', offset: 60 * MINUTE_MS },
}

export function MarkFields({ mark, onChange }: { mark: DeadlineMark; onChange: (mark: DeadlineMark) => void }): ReactElement {
  const { t } = useTranslation()
  const way = wayOf(mark)
  const sign = way === 'before' ? -1 : 1
  return (
    <>
      <Select className="casesetup-way" size="small" aria-label={t('casesetup.mark_way')} value={way} options={WAYS.map((value) => ({ value, label: t(`casesetup.mark_way.${value}`) }))} onChange={(next: Way) => onChange({ ...BEGIN[next], action: mark.action })} />
      {way === 'share' ? (
        <InputNumber className="casesetup-number" size="small" min={1} max={1_000} suffix="%" aria-label={t('casesetup.mark_share')} value={mark.percent ?? null} onChange={(percent) => percent !== null && onChange({ ...mark, percent })} />
      ) : (
        <InputNumber className="casesetup-number" size="small" min={0} max={100_000} suffix={t('casesetup.scale_name.minutes')} aria-label={t('casesetup.mark_minutes')} value={Math.abs(mark.offset ?? 0) / MINUTE_MS} onChange={(minutes) => minutes !== null && onChange({ ...mark, offset: sign * minutes * MINUTE_MS })} />
      )}
      {way === 'after' ? (
        <InputNumber className="casesetup-number" size="small" min={1} max={100_000} prefix={t('casesetup.mark_every')} suffix={t('casesetup.scale_name.minutes')} aria-label={t('casesetup.mark_every')} value={mark.repeat == null ? null : mark.repeat / MINUTE_MS} onChange={(minutes) => onChange({ ...mark, repeat: minutes === null ? null : minutes * MINUTE_MS })} />
      ) : null}
    </>
  )
}
