/** Lists of a rule in words, one line each: for two versions side by side. */
import { useTranslation } from 'react-i18next'

import type { CentreRules, Destination, OutboundRoute, OverflowRule, Override, QueueRule, Stage } from '@/api/routing'

import { useAgentOptions, useCalendars, useFlowOptions, useNameOf, useQueueOptions, type Option } from './known'

const named = (options: readonly Option[], id: string): string => options.find((each) => each.value === id)?.label ?? id

/** By the name of a field, how its list is told; `null` = it is no list that is known. */
export function useToldLists(): (name: string, value: unknown) => string[] | null {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const [queues, agents, flows, calendars] = [useQueueOptions(), useAgentOptions(), useFlowOptions(), useCalendars()]
  const seconds = (milliseconds: number): string => `${milliseconds / 1_000} ${t('routing.unit.s')}`
  const destination = (to: Destination): string => {
    if (to.queue) return named(queues, to.queue)
    if (to.agent) return named(agents, to.agent)
    if (to.flow) return named(flows, to.flow)
    return to.callback === true ? t('routing.way.callback') : [t('routing.way.prompts'), ...(to.prompts ?? [])].join(' ')
  }
  const threshold = ({ when, threshold: value = 0 }: OverflowRule): string => {
    if (when === 'closed') return ''
    if (when === 'length') return ` ${value} ${t('routing.unit.callers')}`
    return when === 'service_level' ? ` ${value}%` : ` ${seconds(value)}`
  }
  const way = (rule: OverflowRule): string => `${t(`routing.overflow.${rule.when}`)}${threshold(rule)} → ${destination(rule.to)}`
  const stage = ({ after, level }: Stage): string => `${t('routing.stage_after')} ${seconds(after)} ${t('routing.stage_level')} ${level}`
  const override = (rule: Override): string => {
    const parts = [
      typeof rule.priority === 'number' ? `${t('routing.own.priority')} ${rule.priority}` : null,
      rule.stages ? `${t('routing.part.stages')}: ${(rule.stages as Stage[]).map(stage).join('; ')}` : null,
      rule.overflow ? `${t('routing.part.overflow')}: ${rule.overflow.map(way).join('; ')}` : null,
    ]
    return `${named(calendars, rule.calendar)} · ${parts.filter((part) => part !== null).join(' · ')}`
  }
  const route = ({ pattern, trunks, strip = 0, prepend = '', note = '' }: OutboundRoute): string =>
    [pattern, '→', trunks.join(', '), strip > 0 ? `${t('routing.strip')} ${strip}` : '', prepend === '' ? '' : `${t('routing.prepend')} ${prepend}`, note].filter(Boolean).join(' ')
  const merge = (group: CentreRules['merges'][number]): string => `${group.id}: ${group.queues.map((each) => named(queues, each)).join(' + ')}`
  return (name, value) => {
    if (!Array.isArray(value)) return null
    switch (name) {
      case 'overflow':
        return (value as OverflowRule[]).map(way)
      case 'stages':
        return (value as Stage[]).map(stage)
      case 'overrides':
        return (value as Override[]).map(override)
      case 'dispositions':
        return (value as QueueRule['dispositions']).map(nameOf)
      case 'items':
        return (value as OutboundRoute[]).map(route)
      case 'merges':
        return (value as CentreRules['merges']).map(merge)
      default:
        return [value.join(', ')]
    }
  }
}
