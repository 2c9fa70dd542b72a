/** Nodes, fields and values in words. */
import { useTranslation } from 'react-i18next'

import type { FlowNode, Named } from '@/api/flows'
import { nameIn, textIn } from '@/ui/format'

import type { Around } from './useAround'
import type { Way } from './ways'

export interface Operand {
  type: 'variable' | 'constant' | 'fact'
  name?: string
  value?: unknown
  fact?: string
  of?: string
}
export interface Condition {
  type: 'compare' | 'all' | 'any' | 'not'
  left?: Operand
  operator?: string
  right?: Operand
  of?: Condition | Condition[]
}

const PARTS_SHOWN = 3

const prompts = (names: unknown): string => {
  const all = Array.isArray(names) ? (names as string[]) : []
  return all.slice(0, PARTS_SHOWN).join(' · ') + (all.length > PARTS_SHOWN ? ' …' : '')
}

export interface Words {
  typeName(type: string): string
  nodeName(id: string, node: FlowNode | undefined): string
  fieldName(type: string, field: string): string
  /** What a field means; empty where its name says it. */
  meaning(type: string, field: string): string
  wayName(type: string, way: Way): string
  operand(operand: Operand | null | undefined): string
  condition(condition: Condition | undefined): string
  /** What a node does, in one line. */
  summary(node: FlowNode, around: Around): string
  of(known: readonly Named[], id: unknown): string
}

export function useWords(): Words {
  const { t, i18n } = useTranslation()
  const language = i18n.language
  const of = (known: readonly Named[], id: unknown): string => {
    const found = known.find((each) => each.id === id)
    return found === undefined ? String(id ?? '') : nameIn(language, found)
  }
  const nodeName = (id: string, node: FlowNode | undefined): string =>
    textIn(language, node?.name ?? '', node?.name_en) || node?.name_en || id
  const operand = (given: Operand | null | undefined): string => {
    if (given === null || given === undefined) return '—'
    if (given.type === 'variable') return given.name === '' ? '?' : `{${given.name ?? ''}}`
    if (given.type === 'constant') return typeof given.value === 'string' ? `“${given.value}”` : String(given.value)
    const about = given.of === undefined || given.of === '' ? '' : ` (${given.of})`
    return t(`flows.fact.${given.fact ?? 'caller'}`) + about
  }
  const condition = (given: Condition | undefined): string => {
    if (given === undefined) return '—'
    if (given.type === 'compare') return `${operand(given.left)} ${t(`flows.operator.${given.operator ?? 'equals'}`)} ${operand(given.right)}`
    if (given.type === 'not') return `${t('flows.condition.not')} (${condition(given.of as Condition)})`
    const parts = (given.of as Condition[] | undefined) ?? []
    return parts.map(condition).join(` ${t(`flows.condition.word_${given.type}`)} `) || '—'
  }
  const summary = (node: FlowNode, around: Around): string => {
    switch (node.type) {
      case 'queue':
      case 'voicemail':
      case 'fax':
      case 'callback':
        return of(around.queues, node['queue'])
      case 'hours':
        return of(around.calendars, node['calendar'])
      case 'collect':
      case 'identity':
        return `→ {${String(node['variable'] ?? '')}}`
      case 'condition':
        return condition((node['branches'] as { condition?: Condition }[] | undefined)?.[0]?.condition)
      case 'set':
        return ((node['assignments'] as { variable: string; to: Operand }[] | undefined) ?? [])
          .map((each) => `{${each.variable}} = ${operand(each.to)}`)
          .join(', ')
      case 'http':
        return of(around.connectors, node['connector'])
      case 'customer':
        return operand(node['number'] as Operand)
      case 'sub_flow':
        return of(around.flows, node['flow'])
      case 'say':
        return operand(node['value'] as Operand)
      case 'language':
        return t(`flows.language.${String(node['language'] || 'zh')}`)
      case 'survey':
        return t('flows.questions', { count: ((node['questions'] as unknown[] | undefined) ?? []).length })
      case 'transfer': {
        const to = node['to'] as { type: string; queue?: string; agent?: string; number?: Operand } | undefined
        if (to?.type === 'number') return operand(to.number)
        return to?.type === 'agent' ? of(around.agents, to.agent) : of(around.queues, to?.queue)
      }
      default:
        return prompts(node['prompts'])
    }
  }
  return {
    typeName: (type) => (i18n.exists(`flows.type.${type}`) ? t(`flows.type.${type}`) : type),
    nodeName,
    fieldName: (type, field) =>
      i18n.exists(`flows.field.${type}.${field}`)
        ? t(`flows.field.${type}.${field}`)
        : i18n.exists(`flows.field.${field}`)
          ? t(`flows.field.${field}`)
          : field,
    meaning: (type, field) =>
      i18n.exists(`flows.meaning.${type}.${field}`)
        ? t(`flows.meaning.${type}.${field}`)
        : i18n.exists(`flows.meaning.${field}`)
          ? t(`flows.meaning.${field}`)
          : '',
    wayName: (type, way) => {
      const named = textIn(language, way.name, way.name_en) || way.name_en
      if (way.mark !== '') return `${way.field === 'choices' ? t('flows.way.key', { key: way.mark }) : way.mark} ${named}`.trim()
      const key = `flows.way.${type}.${way.field}`
      return i18n.exists(key) ? t(`flows.way.${type}.${way.field}`) : t(`flows.way.${way.field}`)
    },
    operand,
    condition,
    summary,
    of,
  }
}
