/** 个人信息: a copy of all that is kept of a person, and being forgotten; each with a reason and a proof. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { personal, type ErasureProof } from '@/api/customerLists'
import type { Customer } from '@/api/customers'
import { useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { codeOf, useProblemText } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'

import { keepFile } from './files'

function Proof({ proof }: { proof: ErasureProof }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const counts = (of: Record<string, number>): string =>
    Object.entries(of).map(([name, count]) => `${t(`customers.personal.part.${name}`, { defaultValue: name })} ${count}`).join(t('customers.between')) || '—'
  return (
    <dl className="facts" data-testid="erasure-proof">
      <dt>{t('customers.personal.erased_at')}</dt>
      <dd>{dateTime(proof.at, i18n.language, zone)}</dd>
      <dt>{t('customers.personal.by')}</dt>
      <dd>{proof.by_name || '—'}</dd>
      <dt>{t('forms.reason')}</dt>
      <dd>{proof.reason}</dd>
      <dt>{t('customers.personal.gone')}</dt>
      <dd>{counts(proof.erased)}</dd>
      <dt>{t('customers.personal.kept')}</dt>
      <dd>{counts(proof.kept)}</dd>
      <dt>SHA-256</dt>
      <dd>
        <code className="customers-digest">{proof.digest}</code>
      </dd>
    </dl>
  )
}

type Step = 'copy' | 'erase' | null

export function PersonalPanel({ customer }: { customer: Customer }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useProblemText()
  const [step, setStep] = useState<Step>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const isErased = customer.erased_at !== null
  const found = useQuery({ queryKey: ['customers', 'erasure', customer.id, customer.revision], queryFn: () => personal.erasure(customer.id), enabled: step === 'erase' || isErased })
  const go = (next: Step): void => {
    setProblem(null)
    setStep(next)
  }
  const tried = async (act: () => Promise<unknown>, said: string): Promise<void> => {
    setProblem(null)
    try {
      await act()
      announce(said)
      setStep(null)
    } catch (error) {
      setProblem(error)
    }
    await client.invalidateQueries({ queryKey: ['customers'] })
  }
  const holds = found.data?.holds ?? []
  const proof = found.data?.proof ?? null
  return (
    <section className="panel" aria-label={t('customers.personal')} data-testid="customer-personal">
      <div className="customer-part-head">
        <h2 className="panel-title">{t('customers.personal')}</h2>
        {step === null && !isErased ? (
          <span className="row">
            <Button size="small" data-testid="personal-copy" onClick={() => go('copy')}>
              {t('customers.personal.copy')}
            </Button>
            <Button size="small" danger data-testid="personal-erase" onClick={() => go('erase')}>
              {t('customers.personal.erase')}
            </Button>
          </span>
        ) : null}
      </div>
      {problem === null ? null : (
        <div className="error-box edit-refusal" role="alert" data-testid="personal-problem">
          ■ {textOf(problem)} <code>{codeOf(problem)}</code>
        </div>
      )}
      {step === null && !isErased ? <p className="quiet customer-fact">{t('customers.personal.about')}</p> : null}
      {step === 'copy' ? (
        <>
          <p>{t('customers.personal.copy_about')}</p>
          <ReasonForm submitLabel={t('customers.personal.copy')} onSubmit={(reason) => tried(async () => keepFile(await personal.copy(customer.id, reason)), t('customers.personal.copied'))} onCancel={() => go(null)} />
        </>
      ) : null}
      {(step === 'erase' || isErased) && found.isPending ? <Loading rows={2} /> : null}
      {(step === 'erase' || isErased) && found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {proof === null ? null : <Proof proof={proof} />}
      {step === 'erase' && found.isSuccess && proof === null ? (
        holds.length > 0 ? (
          <div className="stack" data-testid="erasure-holds">
            <p>{t('customers.personal.held')}</p>
            <ul>
              {holds.map((hold) => (
                <li key={`${hold.kind} ${hold.what}`}>
                  ▲ {t(`customers.personal.hold.${hold.kind}`, { what: hold.what })}
                </li>
              ))}
            </ul>
            <div>
              <Button onClick={() => go(null)}>{t('common.close')}</Button>
            </div>
          </div>
        ) : (
          <>
            <p className="over">■ {t('customers.personal.erase_about')}</p>
            <ReasonForm danger submitLabel={t('customers.personal.erase_for_good')} onSubmit={(reason) => tried(() => personal.erase(customer.id, reason, customer.revision), t('customers.personal.erased'))} onCancel={() => go(null)} />
          </>
        )
      ) : null}
    </section>
  )
}
