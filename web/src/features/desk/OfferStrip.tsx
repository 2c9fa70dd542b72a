/** The incoming contact: under the top bar, not a modal, painted before anything else. */
import { Suspense, useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskOffer, DeskView } from '@/api/schema'
import { usePhoneControl } from '@/phone/context'
import { usePhone } from '@/phone/store'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { Timer, useSeconds } from '@/ui/clock'
import { duration, isEnglish, nameIn } from '@/ui/format'
import { late } from '@/ui/late'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { commands, useWhyNot } from './actions'
import { useDeskView } from './view'
import { withDeskWords } from './words'

const RegionWord = late(() => withDeskWords(import('./CallerHistory')).then((room) => room.RegionWord))
const RepeatMark = late(() => withDeskWords(import('./CallerHistory')).then((room) => room.RepeatMark))

export function menuPath(language: string, path: { zh: string; en: string }[]): string {
  return path.map((step) => (isEnglish(language) ? step.en : step.zh)).join(' › ')
}

function Countdown({ offer }: { offer: DeskOffer }): ReactElement {
  const { t } = useTranslation()
  const seconds = useSeconds()
  const total = Math.max(1, Math.round((offer.expires_at - offer.since) / 1000))
  // Whole seconds of two clocks: the first could say one more than there are.
  const left = Math.min(total, Math.max(0, Math.ceil(offer.expires_at / 1000) - seconds))
  return (
    <>
      <div className="bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, (left / total) * 100)}%` }} />
      </div>
      <span className="quiet figure">{t('desk.offer_countdown', { seconds: left })}</span>
    </>
  )
}

function Facts({ offer }: { offer: DeskOffer }): ReactElement {
  const { t, i18n } = useTranslation()
  const { pop } = offer
  const path = menuPath(i18n.language, pop.menu_path)
  return (
    <div className="offer-facts">
      <span className="offer-who">
        <span aria-hidden="true">☎ </span>
        {pop.name ?? t('desk.unknown_caller')}
      </span>
      <span className="figure">{pop.number || t('desk.no_number')}</span>
      <Suspense>
        <RegionWord contact={offer.contact} />
      </Suspense>
      <span>{nameIn(i18n.language, pop.queue)}</span>
      <span>
        {t('desk.waited')} <Timer since={offer.since} plus={pop.waited_ms} />
      </span>
      {path === '' ? null : <span>{t('desk.menu_path', { path })}</span>}
      {pop.remark ? <b className="offer-remark" title={pop.remark}>{pop.remark}</b> : null}
      <Suspense>
        <RepeatMark contact={offer.contact} />
      </Suspense>
    </div>
  )
}

function Strip({ view, offer }: { view: DeskView | undefined; offer: DeskOffer | null }): ReactElement {
  const { t, i18n } = useTranslation()
  const phone = usePhoneControl()
  const reasonFor = useWhyNot(view)
  const reject = useCommand(commands.reject)
  const take = useCommand(commands.take)
  // Nothing rings for a callback: who takes it has the customer called.
  const callback = offer?.pop.channel === 'callback' ? offer : null
  const act = (): void => {
    if (callback === null) phone.answer()
    else if (!take.isBusy) void take.run(callback.id)
  }
  const whyNotAnswer = reasonFor('answer')
  useShortcuts({ F2: act })
  const invited = offer === null ? (view?.invited ?? null) : null
  const title = invited === null ? t('desk.offer_title') : t(`desk.invited_${invited.why}`, { who: invited.name, no: invited.no })
  const spoken =
    offer === null
      ? title
      : t('desk.offer_spoken', {
          who: offer.pop.name ?? t('desk.unknown_caller'),
          queue: nameIn(i18n.language, offer.pop.queue),
          waited: duration(offer.pop.waited_ms),
        })
  useEffect(() => announce(spoken, 'assertive'), [spoken])
  return (
    <section className="offer" aria-label={t('desk.offer_title')} data-testid="offer-strip" data-offer={offer?.id} data-invited={invited?.why}>
      {offer === null ? (
        <span className="offer-who">
          <span aria-hidden="true">☎ </span>
          {title}
        </span>
      ) : (
        <Facts offer={offer} />
      )}
      <div className="offer-actions">
        <ActionButton
          type="primary"
          label={t(callback === null ? 'desk.answer' : 'desk.call_back')}
          keys="F2"
          testId="offer-answer"
          isBusy={take.isBusy}
          whyNot={callback === null ? whyNotAnswer : null}
          onAct={act}
        />
        {offer === null ? null : (
          <ActionButton
            label={t('desk.reject')}
            testId="offer-reject"
            isBusy={reject.isBusy}
            whyNot={reasonFor('reject')}
            onAct={() => void reject.run(offer.id)}
          />
        )}
        {offer === null ? null : <Countdown offer={offer} />}
      </div>
    </section>
  )
}

export function OfferStrip(): ReactElement | null {
  const view = useDeskView()
  const isRinging = usePhone((state) => state.session?.phase === 'ringing')
  const offer = view?.offer ?? null
  const isInvited = (view?.invited ?? null) !== null
  // Answered here and not yet known there: the strip has done its work.
  const isAnswered = usePhone((state) => state.session !== null && state.session.phase !== 'ringing')
  if ((offer === null && !isInvited && !isRinging) || isAnswered) return null
  return <Strip view={view} offer={offer} />
}
