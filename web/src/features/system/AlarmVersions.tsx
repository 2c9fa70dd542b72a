/** Alarm rules as they were saved: who, when and why; a former version can be loaded as a draft. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ALARM_RULES, alarms, type AlarmRule, type AlarmVersion } from '@/api/alarms'
import { useZone } from '@/api/session'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { keyOf, told, type Known } from './alarmWords'
import { stamp } from './days'

interface Props {
  known: Known
  onLoad: (rules: AlarmRule[]) => void
}

const rulesOf = (version: AlarmVersion): AlarmRule[] => version.rules.map((rule) => ({ ...rule, mine: false }))

/** What a version has otherwise than the one before it. */
function newIn(version: AlarmVersion, before: AlarmVersion | undefined): AlarmRule[] {
  const was = new Map((before?.rules ?? []).map((rule) => [keyOf(rule), JSON.stringify(rule)]))
  return rulesOf(version).filter((_, at) => before !== undefined && JSON.stringify(version.rules[at]) !== was.get(keyOf(version.rules[at] ?? { kind: '' })))
}

export function AlarmVersions({ known, onLoad }: Props): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const found = useQuery({ queryKey: [...ALARM_RULES, 'versions'], queryFn: alarms.versions, staleTime: 0 })
  if (found.isPending) return <Loading rows={6} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.length === 0) return <EmptyState title={t('system.alarm_no_versions')} />
  return (
    <ol className="system-versions">
      {found.data.map((version, at) => (
        <li key={version.revision} className="panel" data-testid={`alarm-version-${version.revision}`}>
          <div className="row">
            <b>{t('system.alarm_version', { revision: version.revision })}</b>
            <span className="grow quiet">
              {version.changed_at === null ? '' : stamp(version.changed_at, zone)} · {version.changed_by}
            </span>
            <Button size="small" onClick={() => onLoad(rulesOf(version))}>
              {t('system.alarm_load')}
            </Button>
          </div>
          {version.note === '' ? null : <p>{version.note}</p>}
          <ul className="quiet">
            {newIn(version, found.data[at + 1]).map((rule) => (
              <li key={keyOf(rule)}>{told(t, rule, known)}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
