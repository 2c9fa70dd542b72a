/** After the call: how long the wrap-up has run, how long it may, and the two ways to finish it. */
import { Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView, WrapUp } from '@/api/schema'
import { ActionButton } from '@/ui/ActionButton'
import { Timer, useSeconds } from '@/ui/clock'
import { duration, nameIn } from '@/ui/format'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { commands, useWhyNot } from './actions'
import { finish, type Then, type WrapUpDraft } from './wrapUp'

function Allowed({ since, limitMs }: { since: number; limitMs: number }): ReactElement {
  const passed = useSeconds() * 1000 - since
  return (
    <>
      <span className="figure">/ {duration(limitMs)}</span>
      <div className="bar bar-amber" aria-hidden="true">
        <i style={{ width: `${Math.min(100, Math.max(0, (passed / limitMs) * 100))}%` }} />
      </div>
    </>
  )
}

interface Props {
  view: DeskView
  wrapUp: WrapUp
  draft: WrapUpDraft
}

function whatIsMissing(wrapUp: WrapUp, draft: WrapUpDraft): boolean {
  return wrapUp.codes.length > 0 && draft.value.disposition === null
}

export function WrapUpClock({ view, wrapUp, draft }: Props): ReactElement {
  const { t, i18n } = useTranslation()
  const reasonFor = useWhyNot(view)
  const extend = useCommand(commands.extend)
  const ending = useCommand((then: Then) => finish(draft, wrapUp.contact, then))
  const isMissing = whatIsMissing(wrapUp, draft)
  const whyNotFinish = isMissing ? t('whynot.code_missing') : reasonFor('finish')
  const whyNotExtend = wrapUp.extensions_left > 0 ? reasonFor('extend') : t('whynot.no_extension_left')
  const done = (then: Then): void => {
    if (whyNotFinish === null && !ending.isBusy) void ending.run(then)
  }
  useShortcuts({ '$mod+Enter': () => done({ to: 'ready', reason: null }) })
  const since = wrapUp.since ?? view.since
  return (
    <section className="wrapup-clock" aria-label={t('state.acw')}>
      <b>
        {t('state.acw')} <Timer since={since} />
      </b>
      {wrapUp.limit_ms === null ? null : <Allowed since={since} limitMs={wrapUp.limit_ms} />}
      {wrapUp.limit_ms === null ? null : (
        <ActionButton
          label={t('desk.extend', { left: wrapUp.extensions_left })}
          testId="wrapup-extend"
          whyNot={whyNotExtend}
          isBusy={extend.isBusy}
          onAct={() => void extend.run(wrapUp.contact)}
        />
      )}
      <ActionButton
        type="primary"
        label={t('desk.finish_ready')}
        keys="Ctrl+Enter"
        testId="wrapup-finish"
        whyNot={whyNotFinish}
        isBusy={ending.isBusy}
        onAct={() => done({ to: 'ready', reason: null })}
      />
      <Dropdown
        trigger={['click']}
        disabled={whyNotFinish !== null}
        menu={{
          items: view.reasons.map((reason) => ({
            key: reason.code,
            label: <span data-testid={`wrapup-finish-${reason.code}`}>{nameIn(i18n.language, reason)}</span>,
          })),
          onClick: ({ key }) => done({ to: 'not_ready', reason: key }),
        }}
      >
        <span>
          <ActionButton
            label={t('desk.finish_then')}
            testId="wrapup-finish-then"
            whyNot={whyNotFinish}
            onAct={() => undefined}
          />
        </span>
      </Dropdown>
      {wrapUp.limit_ms === null ? null : <span className="quiet">{t('desk.time_out_rule')}</span>}
    </section>
  )
}
